//! What became of an export, counted.

use std::collections::BTreeMap;

use crate::remark::Remarks;

/// How many reasons and kinds are told apart in the summary.
const MAX_REASONS: usize = 60;

/// What became of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Everything that was found: stories, pages, and what is neither.
    pub entries: u64,
    /// Stories that are here now and weren't.
    pub stories: u64,
    /// Pages likewise.
    pub pages: u64,
    /// Of these, those of which something is missing.
    pub in_part: u64,
    /// Those that were here and are newer now.
    pub renewed: u64,
    /// Those that were here already.
    pub same: u64,
    /// Those that were changed or deleted here, and stay so.
    pub by_hand: u64,
    /// Those that will appear at their time.
    pub scheduled: u64,
    /// Pictures that are here now and weren't.
    pub pictures: u64,
    /// Old addresses that lead here now.
    pub redirects: usize,
    /// Those that led to what was deleted here by hand, and don't any more.
    pub redirects_ended: usize,
    /// Those that came before, aren't public at the old site any more, and still are here.
    pub withdrawn: u64,
    /// Those that aren't to come, by why; those of `withdrawn` are counted there alone.
    pub left_out: BTreeMap<String, u64>,
    /// Those that couldn't come.
    pub failed: u64,
    /// What was said of entries, by how often, without what it was said of.
    pub remarks: BTreeMap<String, u64>,
    /// The sections of a paper that is new.
    pub new_sections: Vec<(String, String)>,
    /// Whether anything was written.
    pub is_written: bool,
}

impl Summary {
    pub(super) fn leave_out(&mut self, why: &str) {
        let room = self.left_out.len() < MAX_REASONS || self.left_out.contains_key(why);
        let why = if room { why } else { "of other kinds" };
        *self.left_out.entry(why.to_owned()).or_default() += 1;
    }

    pub(super) fn tell_of(&mut self, remarks: &Remarks) {
        for (remark, _) in remarks.iter() {
            let text = remark.to_string();
            let kind = text.split(": ").next().unwrap_or_default().to_owned();
            if self.remarks.len() < MAX_REASONS || self.remarks.contains_key(&kind) {
                *self.remarks.entry(kind).or_default() += 1;
            }
        }
    }
}
