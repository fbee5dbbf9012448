//! The widths that pictures are made in. A request for another is no work.

/// In pixels, from a telephone's thumbnail to a lead picture on a fine screen.
/// Steps of half as much again: between two of them nobody sees a difference, or
/// waits for one.
pub const WIDTHS: [u32; 6] = [320, 480, 640, 960, SHARED, 1600];

/// What networks show of a shared story, and crop to 1200 by 630.
pub const SHARED: u32 = 1200;

/// The widths in which a picture is offered that is `original` pixels wide, the
/// narrowest first. Never none, and never wider than the original: what isn't
/// there can't be added.
pub fn widths(original: u32) -> Vec<u32> {
    let mut widths: Vec<u32> = WIDTHS
        .into_iter()
        .filter(|width| *width <= original)
        .collect();
    let widest = widths.last().copied().unwrap_or(0);
    let is_largest_step = widths.len() == WIDTHS.len();
    // Its own width too, where that is more than a hair's breadth beyond a step.
    if !is_largest_step && original > widest + widest / 8 {
        widths.push(original);
    }
    widths
}

/// The narrowest offered width that fills `wanted` pixels, or the widest there is.
pub fn nearest(original: u32, wanted: u32) -> u32 {
    let widths = widths(original);
    let enough = widths.iter().find(|width| **width >= wanted);
    enough.or(widths.last()).copied().unwrap_or(original)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_go_up_to_the_original_and_never_beyond() {
        for (original, expected) in [
            (1, &[1][..]),
            (200, &[200]),
            (320, &[320]),
            (350, &[320]),
            (400, &[320, 400]),
            (1000, &[320, 480, 640, 960]),
            (1100, &[320, 480, 640, 960, 1100]),
            (1599, &[320, 480, 640, 960, 1200, 1599]),
            (1600, &WIDTHS),
            (6000, &WIDTHS),
        ] {
            assert_eq!(widths(original), expected, "{original}");
        }
        assert_eq!(nearest(6000, 700), 960);
        assert_eq!(nearest(6000, 9000), 1600);
        assert_eq!(nearest(200, 700), 200);
    }
}
