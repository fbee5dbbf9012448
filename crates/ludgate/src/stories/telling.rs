//! What became of an export, in words.

use exports::Summary;

use super::StoriesArgs;
use crate::importing::grouped;

/// How many kinds of remarks are told: a screenful with the rest.
const MOST_TOLD: usize = 20;

/// The summary, a line each.
pub(super) fn in_words(summary: &Summary, args: &StoriesArgs) -> Vec<String> {
    let mut lines = vec![format!(
        "{}: {} entries",
        args.file.display(),
        grouped(summary.entries)
    )];
    let mut say = |count: u64, what: &str| {
        if count > 0 {
            lines.push(format!("{:>11}  {what}", grouped(count)));
        }
    };
    say(summary.stories, "stories are new here");
    say(summary.pages, "pages are new here");
    say(summary.scheduled, "of what is new will appear at its time");
    say(
        summary.in_part,
        "of what is new lacks something that readers had",
    );
    say(summary.renewed, "were here and are newer now");
    say(summary.same, "were here already");
    say(
        summary.by_hand,
        "were changed or deleted here by hand, and stay so",
    );
    say(
        summary.withdrawn,
        "aren't public at the old site any more, and are still published here: see the report",
    );
    say(summary.pictures, "pictures are new here");
    say(summary.redirects as u64, "old addresses lead to new ones");
    say(
        summary.redirects_ended as u64,
        "old addresses led to what was deleted here, and don't any more",
    );
    for (why, count) in &summary.left_out {
        say(*count, &format!("left out: {why}"));
    }
    say(summary.failed, "couldn't be taken");
    let mut remarks: Vec<_> = summary.remarks.iter().collect();
    remarks.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    if !remarks.is_empty() {
        lines.push("Of what is new:".to_owned());
    }
    for (what, count) in remarks.into_iter().take(MOST_TOLD) {
        lines.push(format!("{:>11}  {what}", grouped(*count)));
    }
    if !summary.new_sections.is_empty() {
        let names = summary.new_sections.iter().map(|(id, _)| id.as_str());
        let names: Vec<&str> = names.collect();
        lines.push(format!(
            "publication.toml is new, with the sections {}.",
            names.join(", ")
        ));
    }
    lines.push(format!(
        "What didn't come, or not whole, is told in {}.",
        args.report.display()
    ));
    lines.push(if summary.is_written {
        "Written. `ludgate check` looks at all of it together.".to_owned()
    } else {
        "Nothing was written. The same command without --dry-run does it.".to_owned()
    });
    lines
}
