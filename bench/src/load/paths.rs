//! What is asked for: one thing again and again, or many that differ by number.

/// Paths in a row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Paths<'a> {
    /// Always the same, of one reader after the other.
    One(&'a str),
    /// Many, each of which belongs to one reader.
    Many(Many<'a>),
}

/// What is called by a word and a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Many<'a> {
    /// Before the number.
    pub(crate) prefix: &'a str,
    pub(crate) count: usize,
    /// How many in a row belong to one reader.
    pub(crate) of_each: usize,
    pub(crate) order: Order,
}

/// Which comes when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// One after the other.
    InTurn,
    /// Each as often as any other, in an order that is the same at every run.
    Mixed,
}

/// Digits of a number.
const DIGITS: usize = 5;

impl Paths<'_> {
    /// The path for the first turn.
    pub(super) fn first(&self) -> String {
        match self {
            Self::One(path) => (*path).to_owned(),
            Self::Many(many) => format!("{}{:0DIGITS$}", many.prefix, self.at(0).0),
        }
    }

    /// How many digits its number has.
    pub(super) fn digits(&self) -> usize {
        match self {
            Self::One(_) => 0,
            Self::Many(_) => DIGITS,
        }
    }

    /// The number of the path and of the reader whose turn it is.
    pub(super) fn at(&self, turn: usize) -> (usize, usize) {
        match self {
            Self::One(_) => (0, turn),
            Self::Many(many) => {
                let number = match many.order {
                    Order::InTurn => turn,
                    Order::Mixed => mixed(turn),
                } % many.count;
                (number, number / many.of_each)
            }
        }
    }
}

/// A number that says nothing of the one before: the finaliser of splitmix64.
fn mixed(turn: usize) -> usize {
    let mut bits = (turn as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    // The upper half is as good as the lower, and fits any machine.
    (bits >> 33) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn many(order: Order) -> Paths<'static> {
        Paths::Many(Many {
            prefix: "/stories/story-",
            count: 100,
            of_each: 3,
            order,
        })
    }

    #[test]
    fn a_path_belongs_to_one_reader_whenever_it_is_its_turn() {
        assert_eq!(many(Order::InTurn).first(), "/stories/story-00000");
        assert_eq!(many(Order::InTurn).at(101), (1, 0));
        for turn in 0..1000 {
            let (number, reader) = many(Order::Mixed).at(turn);
            assert!(number < 100 && reader == number / 3);
        }
    }

    #[test]
    fn in_a_mixed_order_each_is_asked_for_about_as_often() {
        let mut times = [0; 100];
        for turn in 0..100_000 {
            times[many(Order::Mixed).at(turn).0] += 1;
        }
        assert!(
            times.iter().all(|times| (800..1200).contains(times)),
            "{times:?}"
        );
    }
}
