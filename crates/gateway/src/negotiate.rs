//! Which of the encodings we hold does the client prefer?

use http::header;
use memchr::memchr;
use page::Encoding;

use crate::head::Fields;

/// The encoding for a response, by RFC 9110, 12.5.3.
///
/// Gzip is what everybody reads. Zstandard is made of several frames here,
/// which is legal, but some clients outside of browsers read only the first:
/// it is used where the client asks for it more than for gzip, or can't read
/// gzip, and never where it is switched off.
pub(crate) fn encoding(fields: &Fields<'_>, may_zstd: bool) -> Encoding {
    let mut gzip = None;
    let mut zstd = None;
    let mut any = None;
    let lines = fields.all(&header::ACCEPT_ENCODING);
    for item in lines.flat_map(|line| line.split(|&byte| byte == b',')) {
        let (coding, quality) = match memchr(b';', item) {
            None => (item, 1.0),
            Some(end) => (&item[..end], weight(&item[end + 1..])),
        };
        let coding = coding.trim_ascii();
        if coding.eq_ignore_ascii_case(b"gzip") || coding.eq_ignore_ascii_case(b"x-gzip") {
            gzip = Some(quality);
        } else if coding.eq_ignore_ascii_case(b"zstd") {
            zstd = Some(quality);
        } else if coding == b"*" {
            any = Some(quality);
        }
    }
    let gzip = gzip.or(any).unwrap_or(0.0);
    let zstd = zstd.filter(|_| may_zstd).unwrap_or(0.0);
    if zstd > gzip {
        Encoding::Zstd
    } else if gzip > 0.0 {
        Encoding::Gzip
    } else {
        Encoding::Identity
    }
}

/// The weight among the parameters (RFC 9110, 12.4.2): one where none is given,
/// nothing where it can't be read.
fn weight(parameters: &[u8]) -> f32 {
    let Some(value) = parameters
        .split(|&byte| byte == b';')
        .find_map(|parameter| parameter.trim_ascii().strip_prefix(b"q="))
    else {
        return 1.0;
    };
    std::str::from_utf8(value)
        .ok()
        .and_then(|value| value.parse().ok())
        .filter(|weight| (0.0..=1.0).contains(weight))
        .unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accept: &str, expected: Encoding) {
        let fields = Fields::from([("accept-encoding", accept)]);
        assert_eq!(encoding(&fields, true), expected, "{accept}");
    }

    #[test]
    fn gzip_is_preferred_unless_the_client_asks_for_zstd_more() {
        check("gzip, deflate, br, zstd", Encoding::Gzip);
        check("gzip;q=0.5, zstd", Encoding::Zstd);
        check("zstd", Encoding::Zstd);
        check("GZIP", Encoding::Gzip);
        check("*", Encoding::Gzip);
        check("gzip;q=0, *", Encoding::Identity);
    }

    #[test]
    fn what_is_refused_or_unreadable_is_not_sent() {
        check("", Encoding::Identity);
        check("identity", Encoding::Identity);
        check("br", Encoding::Identity);
        check("gzip;q=0", Encoding::Identity);
        check("gzip;q=zero", Encoding::Identity);
        check("gzip;q=7", Encoding::Identity);
        check("gzip;q=0.000, zstd;q=0", Encoding::Identity);
        assert_eq!(encoding(&Fields::default(), true), Encoding::Identity);
    }

    #[test]
    fn zstd_can_be_switched_off() {
        let fields = Fields::from([("accept-encoding", "gzip;q=0.5, zstd")]);
        assert_eq!(encoding(&fields, true), Encoding::Zstd);
        assert_eq!(encoding(&fields, false), Encoding::Gzip);
        let fields = Fields::from([("accept-encoding", "zstd")]);
        assert_eq!(encoding(&fields, false), Encoding::Identity);
    }
}
