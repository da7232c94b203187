from __future__ import annotations

from tests.rulings import ruled

__all__ = ["ruled"]
