from __future__ import annotations

import pytest

from tests.site import Site

pytestmark = pytest.mark.anyio


async def test_what_one_member_writes_the_others_read_at_once(site: Site) -> None:
    alice, ben = await site.person("alice", "breast"), await site.person("ben", "breast")
    async with site.socket(alice) as hers, site.socket(ben) as his:
        joined = await hers.join("breast")
        assert joined["messages"] == []
        await his.join("breast")
        posted = await hers.say("breast", "Good morning, everyone.", client_id="one")
        assert posted["type"] == "message.posted"
        assert posted["message"]["seq"] == posted["message"]["version"] == 1
        read = await his.expect("message.posted")
        assert read["message"] == posted["message"]
        assert "client_id" not in read
