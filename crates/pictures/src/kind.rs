//! What a file is, by its first bytes: its name is only what somebody hoped.

/// The kinds of pictures that are made of pixels and taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// ITU T.81.
    Jpeg,
    /// The W3C's.
    Png,
    /// RFC 9649.
    Webp,
}

impl Kind {
    /// The kind of a file that begins with `bytes`.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else {
            None
        }
    }

    /// The kind that a name's ending, in small letters, stands for.
    pub fn named(extension: &str) -> Option<Self> {
        match extension {
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "png" => Some(Self::Png),
            "webp" => Some(Self::Webp),
            _ => None,
        }
    }

    /// The ending that its files should have.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }

    /// As people call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "a JPEG",
            Self::Png => "a PNG",
            Self::Webp => "a WebP",
        }
    }
}

/// What else people put where a picture belongs, in words, and what they can do
/// about it.
pub(crate) fn other(bytes: &[u8]) -> (&'static str, &'static str) {
    const EXPORT: &str = "export it as JPEG, PNG or WebP";
    const AGAIN: &str = "download or copy the picture again";
    let brand = bytes.get(4..12).unwrap_or_default();
    let start: String = bytes
        .iter()
        .take(256)
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let text = start.trim_start_matches('\u{feff}').trim_start();
    match bytes {
        [] => ("an empty file", AGAIN),
        [b'G', b'I', b'F', b'8', ..] => ("a GIF", EXPORT),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => {
            ("a TIFF or a camera's raw file", EXPORT)
        }
        [b'B', b'M', ..] => ("a Windows bitmap", EXPORT),
        [b'8', b'B', b'P', b'S', ..] => ("a Photoshop file", EXPORT),
        [b'%', b'P', b'D', b'F', ..] => ("a PDF", EXPORT),
        [b'P', b'K', 3, 4, ..] => ("a ZIP archive", "unpack it"),
        [0xff, 0x0a, ..] => ("a JPEG XL", EXPORT),
        _ if brand.starts_with(b"ftypavif") || brand.starts_with(b"ftypavis") => {
            ("an AVIF", EXPORT)
        }
        _ if brand.starts_with(b"ftyphe") || brand.starts_with(b"ftypmif1") => {
            ("a HEIC, as telephones make them", EXPORT)
        }
        _ if brand.starts_with(b"ftyp") => ("a video", "take a still picture from it"),
        _ if text.starts_with("version https://git-lfs") => (
            "a pointer of Git LFS and not the picture",
            "run `git lfs pull`",
        ),
        _ if text.contains("<svg") => ("an SVG drawing", "give its name the ending .svg"),
        _ if text.starts_with("<!doctype html") || text.starts_with("<html") => {
            ("a web page and not the picture that was on it", AGAIN)
        }
        _ if bytes.iter().take(256).all(|&byte| byte == 0) => ("nothing but zeros", AGAIN),
        _ => ("no picture that is known here", EXPORT),
    }
}
