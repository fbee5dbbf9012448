//! What goes wrong on the way to a provider and back, as often as one likes and
//! the same way every time: for simulations.

/// So many times in a thousand.
pub type PerMille = u16;

/// How often what goes wrong. The default is never.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mischief {
    /// The same seed makes the same mischief.
    pub seed: u64,
    /// A request is lost on the way, and nobody says so.
    pub requests_lost: PerMille,
    /// A request is carried out and its answer lost.
    pub answers_lost: PerMille,
    /// A charge is to be called off, and that is lost on the way.
    pub voids_lost: PerMille,
    /// A card that would be charged is declined.
    pub declines: PerMille,
    /// An event is never told.
    pub events_dropped: PerMille,
    /// An event is told twice.
    pub events_doubled: PerMille,
    /// An event is told before the one that it follows.
    pub events_swapped: PerMille,
}

/// Chance that is none.
#[derive(Debug)]
pub(super) struct Dice {
    state: u64,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Whether it happens this time. What never happens uses up no chance.
    pub(super) fn falls(&mut self, often: PerMille) -> bool {
        often > 0 && self.next() % 1000 < u64::from(often)
    }

    /// `SplitMix64`, by Steele, Lea and Flood.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_fall_as_often_as_they_should_and_the_same_way_again() {
        let throws = |often| {
            let mut dice = Dice::new(7);
            (0..10_000).map(|_| dice.falls(often)).collect::<Vec<_>>()
        };
        for (often, expected) in [(0, 0..1), (100, 850..1150), (1000, 10_000..10_001)] {
            let fallen = throws(often).iter().filter(|fell| **fell).count();
            assert!(expected.contains(&fallen), "{often}: {fallen}");
        }
        assert_eq!(throws(500), throws(500));
    }
}
