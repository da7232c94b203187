"""Rendering: templates, what every page knows, and the static files under an address that changes with their content."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.community.members import Who
from app.settings import Settings

STATIC = Path(__file__).parents[2] / "static"
YEAR = "public, max-age=31536000, immutable"


class Pages:
    """Renders templates. The whole static tree has one version, so that modules find each other by relative address."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.version = _version(STATIC)
        self._templates = Environment(
            loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
        )
        self._templates.globals["site"] = {
            "name": settings.site_name,
            "contact_email": settings.contact_email or None,
        }
        self._templates.globals["asset"] = lambda path: f"/static/{self.version}/{path}"
        self._templates.filters["when"] = lambda at: _moment(at).strftime("%H:%M")
        self._templates.filters["day"] = lambda at: _moment(at).strftime("%A %-d %B")

    def render(
        self, request: Request, template: str, who: Who | None, *, status: int = 200, notice: str | None = None,
        **context: Any,
    ) -> Response:  # fmt: skip
        """The page as HTML."""
        known = {"who": who, "path": request.url.path, "notice": notice, **context}
        return HTMLResponse(self._templates.get_template(template).render(known), status)

    def error(self, request: Request, status: int, text: str, who: Who | None = None) -> Response:
        """A page that says what went wrong, in words."""
        titles = {404: "Not here", 403: "Not allowed", 413: "Too large", 503: "One moment, please"}
        title = titles.get(status, "That did not work")
        return self.render(request, "error.html", who, status=status, title=title, text=text)

    def static(self) -> StaticFiles:
        """The files of the browser side."""
        return _Versioned(directory=STATIC)


class _Versioned(StaticFiles):
    """Serves /static/VERSION/PATH; a file under this version never changes."""

    def get_path(self, scope: Scope) -> str:
        return super().get_path(scope).partition("/")[2]

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = YEAR
        return response


def _version(folder: Path) -> str:
    whole = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
    return whole.hexdigest()[:12]


def _moment(at: str | datetime) -> datetime:
    return at if isinstance(at, datetime) else datetime.fromisoformat(at)
