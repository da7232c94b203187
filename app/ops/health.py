"""Health: alive, ready (naming the part that is not), and figures for Prometheus."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from app.base.db import Database
from app.base.errors import Unavailable
from app.community import rooms

LOOPBACK = {"127.0.0.1", "::1"}
Figures = Callable[[], dict[str, tuple[str, float]]]


class _Collector:
    """Reads the figures when they are asked for: name -> (meaning, value)."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures

    def collect(self) -> list[GaugeMetricFamily]:
        families = []
        for name, (meaning, value) in self._figures().items():
            family = GaugeMetricFamily(f"cancerconnect_{name}", meaning)
            family.add_metric([], value)
            families.append(family)
        return families


@dataclass(frozen=True, slots=True)
class Health:
    """Three addresses for machines. `token`: what /metrics asks for; without one only this machine is answered."""

    db: Database
    token: str
    figures: Figures

    def routes(self) -> list[Route]:
        return [
            Route("/healthz", self.alive),
            Route("/readyz", self.ready),
            Route("/metrics", self.metrics),
        ]

    async def alive(self, _: Request) -> Response:
        """The process answers."""
        return PlainTextResponse("alive\n")

    async def ready(self, _: Request) -> Response:
        """It can serve: the database answers."""
        try:
            async with self.db.read() as connection:
                await rooms.epoch_now(connection)
        except Unavailable:
            return JSONResponse({"ready": False, "fault": "database"}, 503, {"retry-after": "5"})
        return JSONResponse({"ready": True})

    async def metrics(self, request: Request) -> Response:
        """Figures of this process."""
        if not self._may_see(request):
            return PlainTextResponse("Not for you.\n", 403)
        registry = CollectorRegistry()
        registry.register(_Collector(self.figures))
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    def _may_see(self, request: Request) -> bool:
        if not self.token:
            forwarded = "x-forwarded-for" in request.headers
            return request.client is not None and request.client.host in LOOPBACK and not forwarded
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(given.encode(), self.token.encode())
