//! Undoing what the program compresses, by decoders that share no code with its
//! encoders.

use std::io::Read;

/// One member without optional fields.
pub(crate) fn gunzip(bytes: &[u8]) -> Vec<u8> {
    assert_eq!(&bytes[..4], b"\x1f\x8b\x08\x00", "a plain gzip header");
    let stream = &bytes[10..bytes.len() - 8];
    miniz_oxide::inflate::decompress_to_vec(stream).expect("one whole deflate stream")
}

/// All frames, one after the other.
pub(crate) fn unzstd(mut bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while !bytes.is_empty() {
        let mut frame = ruzstd::decoding::StreamingDecoder::new(&mut bytes).expect("a frame");
        frame.read_to_end(&mut out).expect("a whole frame");
    }
    out
}
