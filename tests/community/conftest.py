from __future__ import annotations

from tests.base.grounds import any_db, any_url, ground, template
from tests.community.stage import any_stage, stage
from tests.rulings import ruled

__all__ = ["any_db", "any_stage", "any_url", "ground", "ruled", "stage", "template"]
