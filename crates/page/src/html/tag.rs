//! Names of elements as numbers, so that the rules of the tree are switches
//! and not string comparisons.

use super::Span;

/// A name of up to sixteen ASCII bytes, lower-cased and packed; 0 for any
/// longer one, none of which the HTML standard knows.
pub(crate) type Code = u128;

/// Packs a name.
pub(crate) const fn code(name: &str) -> Code {
    let bytes = name.as_bytes();
    if bytes.len() > 16 {
        return 0;
    }
    let mut packed = 0;
    let mut at = 0;
    while at < bytes.len() {
        packed = packed << 8 | bytes[at].to_ascii_lowercase() as Code;
        at += 1;
    }
    packed
}

/// The name of an element as it was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag {
    pub(crate) code: Code,
    /// Where it is written; empty for an element that the parser implied.
    pub(crate) name: Span,
}

impl Tag {
    pub(crate) fn read(source: &str, name: Span) -> Self {
        Self {
            code: code(name.of(source)),
            name,
        }
    }

    /// An element that has no tag in the page.
    pub(crate) fn implied(code: Code) -> Self {
        Self {
            code,
            name: Span::default(),
        }
    }

    pub(crate) fn same(self, other: Self, source: &str) -> bool {
        self.code == other.code
            && (self.code != 0
                || self
                    .name
                    .of(source)
                    .eq_ignore_ascii_case(other.name.of(source)))
    }

    /// The name in lower case.
    pub(crate) fn text(self, source: &str) -> String {
        if self.code == 0 {
            return self.name.of(source).to_ascii_lowercase();
        }
        let bytes = self.code.to_be_bytes();
        bytes
            .iter()
            .skip_while(|&&b| b == 0)
            .map(|&b| char::from(b))
            .collect()
    }
}

macro_rules! names {
    ($($constant:ident $name:literal)*) => {
        $(pub(crate) const $constant: Code = code($name);)*
    };
}

names! {
    A "a" ADDRESS "address" ANNOTATION_XML "annotation-xml" APPLET "applet" AREA "area"
    ARTICLE "article" ASIDE "aside" AUDIO "audio" B "b" BASE "base" BASEFONT "basefont"
    BGSOUND "bgsound" BIG "big" BLOCKQUOTE "blockquote" BODY "body" BR "br" BUTTON "button"
    CANVAS "canvas" CAPTION "caption" CENTER "center" CODE "code" COL "col"
    COLGROUP "colgroup" DD "dd" DESC "desc" DETAILS "details" DIALOG "dialog" DIR "dir"
    DIV "div" DL "dl" DT "dt" EM "em" EMBED "embed" FIELDSET "fieldset"
    FIGCAPTION "figcaption" FIGURE "figure" FONT "font" FOOTER "footer"
    FOREIGN_OBJECT "foreignobject" FORM "form" FRAME "frame" FRAMESET "frameset" H1 "h1"
    H2 "h2" H3 "h3" H4 "h4" H5 "h5" H6 "h6" HEAD "head" HEADER "header" HGROUP "hgroup"
    HR "hr" HTML "html" I "i" IFRAME "iframe" IMAGE "image" IMG "img" INPUT "input"
    KEYGEN "keygen" LI "li" LINK "link" LISTING "listing" MAIN "main"
    MALIGNMARK "malignmark" MARQUEE "marquee" MATH "math" MENU "menu" META "meta"
    MGLYPH "mglyph" MI "mi" MN "mn" MO "mo" MS "ms" MTEXT "mtext" NAV "nav" NOBR "nobr"
    NOEMBED "noembed" NOFRAMES "noframes" NOSCRIPT "noscript" OBJECT "object" OL "ol"
    OPTGROUP "optgroup" OPTION "option" P "p" PARAM "param" PLAINTEXT "plaintext" PRE "pre"
    RB "rb" RP "rp" RT "rt" RTC "rtc" RUBY "ruby" S "s" SCRIPT "script" SEARCH "search"
    SECTION "section" SELECT "select" SMALL "small" SOURCE "source" SPAN "span"
    STRIKE "strike" STRONG "strong" STYLE "style" SUB "sub" SUMMARY "summary" SUP "sup"
    SVG "svg" TABLE "table" TBODY "tbody" TD "td" TEMPLATE "template" TEXTAREA "textarea"
    TFOOT "tfoot" TH "th" THEAD "thead" TITLE "title" TR "tr" TRACK "track" TT "tt" U "u"
    UL "ul" VAR "var" VIDEO "video" WBR "wbr" XMP "xmp"
}

/// Elements without content.
pub(crate) fn is_void(code: Code) -> bool {
    matches!(
        code,
        AREA | BASE
            | BASEFONT
            | BGSOUND
            | BR
            | COL
            | EMBED
            | FRAME
            | HR
            | IMAGE
            | IMG
            | INPUT
            | KEYGEN
            | LINK
            | META
            | PARAM
            | SOURCE
            | TRACK
            | WBR
    )
}

/// Elements whose end tags may be crossed by others: closing one never closes
/// a block inside it (the standard's adoption agency).
pub(crate) fn is_formatting(code: Code) -> bool {
    matches!(
        code,
        A | B | BIG | CODE | EM | FONT | I | NOBR | S | SMALL | STRIKE | STRONG | TT | U
    )
}

/// Headings, any of which closes any other.
pub(crate) fn is_heading(code: Code) -> bool {
    matches!(code, H1 | H2 | H3 | H4 | H5 | H6)
}

/// Blocks that close an open paragraph and whose end tags close everything
/// inside them.
pub(crate) fn is_block(code: Code) -> bool {
    matches!(
        code,
        ADDRESS
            | ARTICLE
            | ASIDE
            | BLOCKQUOTE
            | CENTER
            | DETAILS
            | DIALOG
            | DIR
            | DIV
            | DL
            | FIELDSET
            | FIGCAPTION
            | FIGURE
            | FOOTER
            | HEADER
            | HGROUP
            | LISTING
            | MAIN
            | MENU
            | NAV
            | OL
            | PRE
            | SEARCH
            | SECTION
            | SUMMARY
            | UL
    )
}

/// Parts of tables, which mean nothing outside of one.
pub(crate) fn is_table_part(code: Code) -> bool {
    matches!(
        code,
        CAPTION | COLGROUP | TBODY | TD | TFOOT | TH | THEAD | TR
    )
}

/// The standard's *special* category: what an unmatched end tag never passes.
/// It is older than `dialog`, which is a block otherwise.
pub(crate) fn is_special(code: Code) -> bool {
    is_block(code) && code != DIALOG
        || is_heading(code)
        || is_table_part(code)
        || is_void(code)
        || matches!(
            code,
            APPLET
                | BODY
                | BUTTON
                | DD
                | DT
                | FORM
                | HEAD
                | HTML
                | IFRAME
                | LI
                | MARQUEE
                | NOEMBED
                | NOFRAMES
                | NOSCRIPT
                | OBJECT
                | P
                | PLAINTEXT
                | SCRIPT
                | SELECT
                | STYLE
                | TABLE
                | TEMPLATE
                | TEXTAREA
                | TITLE
                | XMP
        )
}
