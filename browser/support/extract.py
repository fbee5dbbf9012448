"""What programs find that take a page's text and facts out.

Reads HTML from standard input; the page's address is the only argument. Prints
JSON: what each of them has found, as text.
"""

import json
import sys

import extruct
import trafilatura

html = sys.stdin.read()
address = sys.argv[1]
found = {
    "trafilatura": trafilatura.extract(html, url=address, favor_recall=True) or "",
    "trafilatura with its fallbacks": trafilatura.extract(html, url=address, fast=False, include_comments=True) or "",
    "html2txt": trafilatura.html2txt(html) or "",
    "extruct": json.dumps(extruct.extract(html, base_url=address, errors="log"), ensure_ascii=False),
}
json.dump(found, sys.stdout, ensure_ascii=False)
