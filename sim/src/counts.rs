//! What was done and looked at, for the last line.

use std::fmt;

/// Sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) steps: u64,
    pub(crate) readers: u64,
    pub(crate) subscriptions: u64,
    pub(crate) gifts: u64,
    pub(crate) accepted: u64,
    pub(crate) refused: u64,
    pub(crate) charges: u64,
    pub(crate) mails: u64,
    pub(crate) crashes: u64,
    /// How often a law was looked at, and held.
    pub(crate) checked: u64,
    /// Of everything that happened, in its order: two runs of one seed have the
    /// same.
    pub(crate) digest: Digest,
}

/// FNV-1a: nobody is to be kept from finding another history of the same digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Digest(pub(crate) u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    /// Takes note of what happened.
    pub(crate) fn take(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            steps,
            readers,
            subscriptions,
            gifts,
            accepted,
            refused,
            charges,
            mails,
            crashes,
            checked,
            digest: Digest(digest),
        } = self;
        write!(
            f,
            "{steps} steps, {readers} readers, {subscriptions} subscriptions, {gifts} gifts, \
             {accepted} wishes granted and {refused} refused, {charges} charges, {mails} mails, \
             {crashes} crashes; {checked} times a law was looked at and held; digest {digest:016x}"
        )
    }
}
