//! How a camera was held: the one thing in Exif data that belongs to the picture.

use image::metadata::Orientation;

/// What stands before Exif data in a JPEG, and by mistake in other files.
pub(crate) const MARK: &[u8] = b"Exif\0\0";

/// How the pixels have to be turned, by Exif data.
pub(super) fn turn(data: &[u8]) -> Option<Orientation> {
    Orientation::from_exif_chunk(data.strip_prefix(MARK).unwrap_or(data))
}

/// Exif data that say how the pixels have to be turned, and nothing else: one
/// directory with one entry (TIFF 6.0, 2). `None` where they needn't be.
pub(crate) fn upright(turn: Orientation) -> Option<[u8; 26]> {
    if turn == Orientation::NoTransforms {
        return None;
    }
    let mut data = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    data[19] = turn.to_exif();
    Some(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_it_was_held_is_all_that_is_kept() {
        assert_eq!(upright(Orientation::NoTransforms), None);
        for held in 2..=8 {
            let orientation = Orientation::from_exif(held).expect("there are eight");
            let data = upright(orientation).expect("it has to be turned");
            assert_eq!(turn(&data), Some(orientation));
        }
    }
}
