"""Add: a file dropped or a text pasted is read at once, and kept in the ledger where that is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.desk import iter_upload, make_pasted
from onrecord.line import Added, Present
from onrecord.query import Quote, ShownDocument, make_quote
from onrecord.records import Moment, Raw, Skipped
from onrecord.web.document import render_document
from onrecord.web.site import Site

FORM_BYTES = 100_000  # what a form may hold beside its page
LACKING = ("outlet", "published", "title", "url")


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent: the pages, and what they may lack; `pasted` are the fields of a text that came alone."""

    raws: tuple[Raw | Skipped, ...]
    published: Moment | None
    outlet: str | None
    keep: bool
    pasted: dict[str, str]


def show_add(site: Site, request: Request) -> Response:
    """The form."""
    return site.render(request, "add.html", outcomes=(), fault=None)


async def take_page(site: Site, request: Request) -> Response:
    """Read what was sent; keep it, or only show it."""
    limit = site.desk.settings.max_page_bytes
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise HTTPException(411, "The browser did not say how much it sends.")
    if int(length) > limit + FORM_BYTES:
        raise HTTPException(413, f"A page may have {limit:,} bytes (settings: max_page_bytes).")
    # a pasted text is a part of the form, not a file, so its limit is that of a page
    async with request.form(max_files=100, max_fields=20, max_part_size=limit) as sent:
        form = await run_in_threadpool(_read_form, sent, site)
        return await run_in_threadpool(_answer, site, request, form)


def _answer(site: Site, request: Request, form: Form) -> Response:
    if not form.raws:
        return site.render(request, "add.html", status_code=400, outcomes=(), fault="Paste a text or choose a file.")
    if not form.keep:
        return _preview(site, request, form)
    if not site.can_add:
        raise HTTPException(403, "Pages cannot be added to this ledger from here.")
    outcomes = site.desk.add(form.raws, published=form.published, outlet=form.outlet)
    site.forget_totals()
    if len(outcomes) == 1 and not isinstance(outcomes[0], Skipped):
        one = outcomes[0]
        document_id = one.document.id if isinstance(one, Added) else one.document_id
        return RedirectResponse(f"/documents/{document_id}?{'new=1' if isinstance(one, Added) else ''}", 303)
    return site.render(request, "add.html", outcomes=outcomes, fault=None, Added=Added, Present=Present)


def _preview(site: Site, request: Request, form: Form) -> Response:
    """The first page as it is read; nothing is kept."""
    raw = form.raws[0]
    made = raw if isinstance(raw, Skipped) else site.desk.read(raw, published=form.published, outlet=form.outlet)
    if isinstance(made, Skipped):
        return site.render(request, "add.html", status_code=400, outcomes=(made,), fault=None)
    document = made.document
    quotes: tuple[Quote, ...] = tuple(make_quote(statement, document) for statement in made.statements)
    content = raw.content if isinstance(raw, Raw) else b""
    shown = ShownDocument(document, quotes, len(content), quotes[0].statement.made_by if quotes else "")
    raw_text = content.decode(document.encoding, "replace")
    return render_document(site, request, shown, raw_text, is_kept=False, pasted=form.pasted)


def _read_form(sent: FormData, site: Site) -> Form:
    fields = {name: value.strip() for name, value in sent.items() if isinstance(value, str)}
    text = str(sent.get("text") or "")
    title, url = fields.get("title") or None, _read_address(fields.get("url", ""))
    raws: list[Raw | Skipped] = []
    if text.strip():
        raws.append(make_pasted(text, title=title, url=url))
    for upload in sent.getlist("files"):
        if isinstance(upload, UploadFile) and upload.filename:
            raws += iter_upload(upload.filename, upload.file.read(), site.desk.settings)
    published = fields.get("published")
    if published:
        try:
            date.fromisoformat(published)
        except ValueError as error:
            raise HTTPException(400, f"“{published}” is not a day. Write it as 2022-03-14.") from error
    return Form(
        tuple(raws),
        Moment(published, "given") if published else None,
        fields.get("outlet") or None,
        fields.get("do") == "keep",
        {"text": text} | {name: fields.get(name, "") for name in LACKING} if text.strip() and len(raws) == 1 else {},
    )


def _read_address(url: str) -> str | None:
    if not url:
        return None
    if not url.startswith(("https://", "http://")):
        raise HTTPException(400, "The address of a page begins with https:// or http://.")
    return url[:2000]
