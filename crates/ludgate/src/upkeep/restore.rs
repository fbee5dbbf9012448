//! `ludgate restore`: puts a backup in the place of what a stopped server has.
//!
//! Everything is copied beside its place and checked first; then it takes its
//! place, and what was there is kept under a name with the time. While that goes
//! on a file says so, and no server starts: one that was interrupted is done again.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use access::Minute;
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use indicatif::ProgressBar;
use jiff::Timestamp;
use meter::Term;
use store::upkeep::{Checked, Undone};

use super::contents::{Backup, DATABASE, METER};
use crate::certain::make_certain;
use crate::cli::TargetArgs;
use crate::folder::{self, RESTORING};
use crate::reach::{data_of, runtime};
use crate::{bar, secrets, world};

#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// The folder that `ludgate backup` has made
    pub(crate) from: PathBuf,
    /// Which keys to go by, where the data folder has others than the backup
    #[arg(long, value_name = "WHICH", value_enum)]
    pub(crate) keys: Option<Keys>,
    /// Don't ask whether that is meant
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

/// Which keys to go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Keys {
    /// Those of the backup: what was signed with others since is void
    Backup,
    /// Those that are there: what was signed with the backup's may be void
    Folder,
}

/// `ludgate restore`
pub(crate) fn restore(args: &RestoreArgs) -> Result<()> {
    let from = std::path::absolute(&args.from)?;
    let backup = Backup::find(&from)?;
    let data = data_of(&args.target)?;
    is_ours(&data)?;
    private::make_folder(&data)?;
    let _folder = folder::own_to_restore(&data).context("stop the server first")?;
    let files = files(&backup, &data, args.keys)?;
    make_certain(args.yes, || {
        let made = backup.made.map(|made| format!(", made {made},"));
        Ok(format!(
            "What is in {} will be put aside, and {}{} take its place.",
            data.display(),
            from.display(),
            made.unwrap_or_default()
        ))
    })?;
    let restoring = Restoring {
        backup: &backup,
        files,
        data: &data,
        now: world::now(),
        bar: bar::endless("{spinner} {msg} {elapsed}")?,
    };
    let restored = restoring.restore()?;
    restoring.bar.finish_and_clear();
    Ok(writeln!(
        anstream::stdout(),
        "{}",
        restored.in_words(&backup, &data)
    )?)
}

/// Files of another owner would be in the server's way.
fn is_ours(data: &Path) -> Result<()> {
    let user = rustix::process::geteuid().as_raw();
    match fs::metadata(data) {
        Ok(folder) if folder.uid() != user => bail!(
            "the data folder {} belongs to another user; run this as that user, for example with \
             sudo -u ludgate",
            data.display()
        ),
        _ => Ok(()),
    }
}

/// The files to put in place: those that aren't there as they are.
fn files(backup: &Backup, data: &Path, keys: Option<Keys>) -> Result<Vec<&'static str>> {
    let mut files = Vec::new();
    let (mut others, mut open) = (Vec::new(), Vec::new());
    for name in &backup.files {
        let from = backup.folder.join(name);
        let held =
            fs::read(&from).with_context(|| format!("{name} of the backup can't be read"))?;
        let there = fs::read(data.join(name)).ok();
        let is_there = there.as_ref() == Some(&held);
        if secrets::FILES.contains(name) {
            if there.is_some() && !is_there {
                others.push(*name);
                if keys == Some(Keys::Folder) {
                    continue;
                }
            }
            // In the data folder it would look like a secret. That it is there
            // already makes it none.
            if !private::is_secret(&from)? {
                open.push(*name);
            }
        }
        if !is_there {
            files.push(*name);
        }
    }
    if !open.is_empty() {
        bail!(
            "others than this user may have read {} in {} (each should be this user's, with mode \
             600), so whoever did can sign as the server does. Make them so and restore again; \
             where somebody may have read them, do then what is due after a theft of the data \
             folder, before you start",
            open.join(", "),
            backup.folder.display()
        );
    }
    if !others.is_empty() && keys.is_none() {
        bail!(
            "{} in {} {} not the backup's. Say which to go by: --keys backup, and what was signed \
             with those that are there is void; or --keys folder, and what was signed with the \
             backup's may be (readers' cookies and sessions, codes of gifts)",
            others.join(", "),
            data.display(),
            if others.len() == 1 { "is" } else { "are" }
        );
    }
    Ok(files)
}

/// A restore that goes on.
struct Restoring<'a> {
    backup: &'a Backup,
    files: Vec<&'static str>,
    data: &'a Path,
    now: Timestamp,
    bar: ProgressBar,
}

/// What came of it.
#[derive(Default)]
struct Restored {
    /// How many readers the meter knows.
    readers: u64,
    /// `None` where the backup has no accounts.
    checked: Option<Checked>,
    /// What was there before.
    replaced: Vec<PathBuf>,
    /// What was done after the backup, where that is known.
    undone: Option<Vec<Undone>>,
}

impl Restoring<'_> {
    fn restore(&self) -> Result<Restored> {
        self.clear()?;
        let restored = self.stage().and_then(|readers| self.place(readers));
        if restored.is_err() {
            // What is left is in nobody's way: the next restore removes it.
            let _ = self.clear();
        }
        restored
    }

    /// Copies everything but the database beside its place, and looks through the
    /// meter. How many readers that knows.
    fn stage(&self) -> Result<u64> {
        self.bar.set_message("copying the meter");
        let meter = self.staged(METER);
        copy_folder(&self.backup.meter, &meter)?;
        self.bar.set_message("looking through the meter");
        let readers = look_through(&meter)?;
        for name in &self.files {
            private::copy(&self.backup.folder.join(name), &self.staged(name))?;
        }
        Ok(readers)
    }

    fn place(&self, readers: u64) -> Result<Restored> {
        let mut restored = Restored {
            readers,
            ..Restored::default()
        };
        let mark = self.data.join(RESTORING);
        let was_half_done = mark.exists();
        private::replace(&mark, &format!("{}\n", self.backup.folder.display()))?;
        if let Some(database) = &self.backup.database {
            self.bar.set_message("checking the accounts");
            let to = self.data.join(DATABASE);
            let put = store::upkeep::restore(database, &to, self.now);
            match runtime()?.block_on(put) {
                Ok(put) => {
                    restored.checked = Some(put.checked);
                    restored.undone = put.undone;
                    restored.replaced.extend(put.replaced);
                }
                Err(error) => {
                    // All is as it was.
                    if !was_half_done {
                        fs::remove_file(&mark)?;
                    }
                    return Err(error.into());
                }
            }
        }
        for name in [METER].into_iter().chain(self.files.iter().copied()) {
            let replaced = self
                .exchange(name)
                .with_context(|| format!("{name} can't be put in place; restore again"))?;
            restored.replaced.extend(replaced);
        }
        fs::File::open(self.data)?.sync_all()?;
        fs::remove_file(&mark)?;
        Ok(restored)
    }

    fn exchange(&self, name: &str) -> io::Result<Option<PathBuf>> {
        let place = self.data.join(name);
        let replaced = put_aside(&place, self.now)?;
        fs::rename(self.staged(name), &place)?;
        Ok(replaced)
    }

    /// Where a part is before it has its place.
    fn staged(&self, name: &str) -> PathBuf {
        self.data.join(format!("{name}.restoring"))
    }

    /// Removes what is there of a restore that came to nothing.
    fn clear(&self) -> Result<()> {
        let clear = || -> io::Result<()> {
            gone(fs::remove_dir_all(self.staged(METER)))?;
            for name in super::contents::files() {
                gone(fs::remove_file(self.staged(name)))?;
            }
            Ok(())
        };
        clear().with_context(|| format!("{} can't be tidied up", self.data.display()))
    }
}

/// Opens a meter, which brings it to this version's format, and reads all that is
/// in it.
fn look_through(folder: &Path) -> Result<u64> {
    let look = || -> Result<u64> {
        let meter = meter::Store::open(meter::Config::new(folder))?;
        // Nothing is from before the first minute, so nothing is forgotten.
        let swept = meter.sweep(Minute::MIN, Term(0));
        meter.close()?;
        Ok(swept?.seen)
    };
    look().context("the backup's meter isn't sound, so nothing was changed; choose an earlier one")
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    private::make_folder(to)?;
    let failed = || format!("{} can't be read", from.display());
    for entry in fs::read_dir(from).with_context(failed)? {
        let entry = entry.with_context(failed)?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().with_context(failed)?.is_dir() {
            copy_folder(&from, &to)?;
        } else {
            private::copy(&from, &to)?;
        }
    }
    Ok(())
}

/// Gives what is there a name with the time.
fn put_aside(place: &Path, now: Timestamp) -> io::Result<Option<PathBuf>> {
    if !place.try_exists()? {
        return Ok(None);
    }
    // As many as there could be of one second; then somebody should tidy up.
    for number in 0..100 {
        let mut name = place.as_os_str().to_owned();
        name.push(format!(".replaced-{}", now.as_second()));
        if number > 0 {
            name.push(format!("-{number}"));
        }
        let aside = PathBuf::from(name);
        if !aside.try_exists()? {
            fs::rename(place, &aside)?;
            return Ok(Some(aside));
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// What isn't there needs no removing.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

impl Restored {
    fn in_words(&self, backup: &Backup, data: &Path) -> String {
        let accounts = match &self.checked {
            Some(checked) => format!(
                "; {} subscriptions, {} gifts and their {} facts, which agree. Everybody is signed \
                 out. What was bought since is not in it: compare with your payment provider \
                 before you start",
                checked.subscriptions, checked.gifts, checked.facts
            ),
            None if data.join(DATABASE).exists() => {
                format!("; there are no accounts in it, and {DATABASE} stays as it is")
            }
            None => String::new(),
        };
        let names = self.replaced.iter().filter_map(|path| path.file_name());
        let names: Vec<_> = names.map(|name| name.to_string_lossy()).collect();
        let replaced = match names.as_slice() {
            [] => String::new(),
            names => format!("\nwhat was there is kept beside it: {}", names.join(", ")),
        };
        format!(
            "{} is in place in {}: counts of {} readers{accounts}{replaced}{}",
            backup.folder.display(),
            data.display(),
            self.readers,
            self.undone_in_words()
        )
    }

    /// What has to be done again, a line each.
    fn undone_in_words(&self) -> String {
        let undone = match (&self.checked, &self.undone) {
            (None, _) => return String::new(),
            (Some(_), None) => {
                return "\nwhat was done since isn't known here: erase again who was erased, by you \
                        or by themselves, and revoke again what was revoked; passwords and \
                        addresses that were changed since are the old ones"
                    .to_owned();
            }
            (Some(_), Some(undone)) => undone,
        };
        let lines = undone.iter().map(|one| match one {
            Undone::Act {
                at,
                actor,
                what,
                about,
            } => format!("\nundone, do it again: {what} {about}, by {actor} at {at}"),
            Undone::Password(account) => {
                format!("\nundone: {account} has its old password, and should be told")
            }
            Undone::Address(account) => format!(
                "\nundone: {account} has its old address, and should be asked for the new one: \
                 who reads mail at the old one can sign in"
            ),
        });
        lines.collect()
    }
}
