//! Where the report goes: beside its place first, and into it at the end, so that one of
//! a run that broke off never stands for a whole one, and what was there stays till then.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::NamedTempFile;

/// A report that is being written.
#[derive(Debug)]
pub(super) enum ReportFile {
    /// The file, and the place that it will have.
    Beside(NamedTempFile, PathBuf),
    /// A pipe or terminal, which can't be replaced.
    Through(File),
}

impl ReportFile {
    /// Begins one that will be at `place`. It may be none of `read`, the files that are
    /// read meanwhile.
    pub(super) fn begin(place: &Path, read: &[&Path]) -> Result<Self> {
        let unwritten = || format!("{} can't be written", place.display());
        // A link stays one, and what it leads to is replaced.
        let target = match place.canonicalize() {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => place.to_owned(),
            Err(error) => return Err(error).with_context(unwritten),
        };
        for file in read {
            if is_same(&target, file) {
                bail!(
                    "the report can't be written over {}, which is read; name another with --report",
                    file.display()
                );
            }
        }
        if target.exists() && !target.is_file() {
            let file = OpenOptions::new().write(true).open(&target);
            return Ok(Self::Through(file.with_context(unwritten)?));
        }
        let folder = target.parent().filter(|folder| *folder != Path::new(""));
        let draft = tempfile::Builder::new()
            .prefix(".import-report-")
            .permissions(readable())
            .tempfile_in(folder.unwrap_or(Path::new(".")));
        Ok(Self::Beside(draft.with_context(unwritten)?, target))
    }

    /// Gives it its place.
    pub(super) fn finish(self) -> Result<()> {
        match self {
            Self::Beside(draft, place) => {
                let put = draft.persist(&place);
                put.with_context(|| format!("{} can't be written", place.display()))?;
            }
            Self::Through(mut file) => file.flush()?,
        }
        Ok(())
    }
}

impl Write for ReportFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Beside(draft, _) => draft.write(bytes),
            Self::Through(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Beside(draft, _) => draft.flush(),
            Self::Through(file) => file.flush(),
        }
    }
}

/// Whether both names are of one file, by a link too.
fn is_same(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let of = |path: &Path| path.metadata().map(|found| (found.dev(), found.ino()));
    matches!((of(one), of(other)), (Ok(one), Ok(other)) if one == other)
}

/// As other files are: everybody may read, its owner write.
fn readable() -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    std::fs::Permissions::from_mode(0o644)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_never_written_over() {
        let dir = tempfile::tempdir().expect("a folder");
        let export = dir.path().join("post.xml");
        std::fs::write(&export, "an export").expect("a file");
        let (soft, hard) = (dir.path().join("soft"), dir.path().join("hard"));
        std::os::unix::fs::symlink(&export, &soft).expect("a link");
        std::fs::hard_link(&export, &hard).expect("a link");
        for place in [&export, &soft, &hard] {
            let refused = ReportFile::begin(place, &[&export]).expect_err("the same file");
            let said = refused.to_string();
            assert!(said.contains("name another with --report"), "{said}");
        }
        let text = std::fs::read_to_string(&export).expect("the export");
        assert_eq!(text, "an export");
    }

    #[test]
    fn one_that_isnt_finished_leaves_the_one_before() {
        let dir = tempfile::tempdir().expect("a folder");
        let place = dir.path().join("report.csv");
        let there = || std::fs::read_to_string(&place).unwrap_or_default();
        let write = |text: &str| {
            let mut report = ReportFile::begin(&place, &[]).expect("a report");
            report.write_all(text.as_bytes()).expect("a line");
            report
        };
        write("one").finish().expect("its place");
        drop(write("two"));
        assert_eq!(there(), "one");
        write("three").finish().expect("its place");
        assert_eq!(there(), "three");
        let all = std::fs::read_dir(dir.path()).expect("a folder").count();
        assert_eq!(all, 1, "nothing else stays");
    }
}
