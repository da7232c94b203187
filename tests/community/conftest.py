from __future__ import annotations

from tests.base.grounds import any_db, any_url, ground, template
from tests.community.stage import any_stage, stage

__all__ = ["any_db", "any_stage", "any_url", "ground", "stage", "template"]
