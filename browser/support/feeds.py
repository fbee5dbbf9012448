"""What programs make of feeds and maps of a site.

Reads a document from standard input; the only argument says what it is, `feed` or
`map`. Prints JSON: of a feed what feedparser finds in it, of a map what stands in it
by the schema of sitemaps.org and Google's extensions, and what is wrong with it.
"""

import json
import re
import sys

import feedparser
from lxml import etree

MAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
XHTML = "http://www.w3.org/1999/xhtml"

# A moment as the W3C's profile of ISO 8601 has it, as the schemas ask for.
MOMENT = re.compile(r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$")

# Which elements a place may have, in which order, and whether it must.
ORDER = [f"{{{MAPS}}}loc", f"{{{MAPS}}}lastmod"]
MOST = 50_000


def feed(text):
    found = feedparser.parse(text)
    entries = [
        {
            "id": entry.get("id"),
            "link": entry.get("link"),
            "title": entry.get("title"),
            "summary": entry.get("summary"),
            "authors": [author.get("name") for author in entry.get("authors", [])],
            "tags": [tag.term for tag in entry.get("tags", [])],
            "published": entry.get("published_parsed") and list(entry.published_parsed),
            "updated": entry.get("updated_parsed") and list(entry.updated_parsed),
            "content": [content.value for content in entry.get("content", [])],
            "media": entry.get("media_content", []),
        }
        for entry in found.entries
    ]
    return {
        "wrong": str(found.get("bozo_exception", "not well-formed")) if found.bozo else None,
        "version": found.version,
        "title": found.feed.get("title"),
        "language": found.feed.get("language"),
        "link": found.feed.get("link"),
        "links": [dict(link) for link in found.feed.get("links", [])],
        "entries": entries,
    }


def place(element, wrong):
    names = [child.tag for child in element]
    known = [name for name in names if name in ORDER]
    if known != sorted(known, key=ORDER.index) or known.count(ORDER[0]) != 1 or len(known) != len(set(known)):
        wrong.append(f"the elements of a place are {known}")
    for child in element:
        if child.tag in ORDER:
            continue
        if child.tag == f"{{{IMAGE}}}image":
            if [inner.tag for inner in child] != [f"{{{IMAGE}}}loc"]:
                wrong.append("an image is its address")
        elif child.tag == f"{{{NEWS}}}news":
            inner = [etree.QName(one).localname for one in child]
            if inner != ["publication", "publication_date", "title"]:
                wrong.append(f"news has {inner}")
            if not MOMENT.match(child.findtext(f"{{{NEWS}}}publication_date") or ""):
                wrong.append("news has no moment")
        elif child.tag == f"{{{XHTML}}}link":
            if set(child.attrib) != {"rel", "hreflang", "href"}:
                wrong.append(f"a link has {dict(child.attrib)}")
        else:
            wrong.append(f"nobody knows {child.tag}")
    changed = element.findtext(ORDER[1])
    if changed is not None and not MOMENT.match(changed):
        wrong.append(f"{changed} is no moment")
    return {"url": element.findtext(ORDER[0]), "changed": changed}


def site_map(text):
    root = etree.fromstring(text)
    wrong = []
    kind = etree.QName(root).localname
    inner = {"urlset": "url", "sitemapindex": "sitemap"}.get(kind)
    if root.nsmap.get(None) != MAPS or inner is None:
        wrong.append(f"{root.tag} is no map")
    if len(root) > MOST or len(text) > 50 << 20:
        wrong.append("there is too much in it")
    for child in root:
        if child.tag != f"{{{MAPS}}}{inner}":
            wrong.append(f"nobody knows {child.tag}")
    places = [place(child, wrong) for child in root]
    addresses = [one["url"] for one in places]
    if len(addresses) != len(set(addresses)):
        wrong.append("an address is there twice")
    return {"kind": kind, "places": places, "wrong": wrong}


given = sys.stdin.buffer.read()
made = feed(given) if sys.argv[1] == "feed" else site_map(given)
json.dump(made, sys.stdout, ensure_ascii=False)
