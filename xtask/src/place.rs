//! Where things are: the checkout, what is built from it, and the cache that
//! outlives a clone.

use std::path::{Path, PathBuf};

use cargo_metadata::{Metadata, MetadataCommand};

use crate::run::{Command, Failed};

/// The checkout, with what `cargo metadata` says of it.
pub(crate) struct Place {
    /// The folder of the root manifest.
    pub(crate) root: PathBuf,
    /// Packages and their dependencies.
    pub(crate) metadata: Metadata,
}

impl Place {
    /// The checkout that cargo runs this tool in. Where it was built may be
    /// another, if several share what is built.
    pub(crate) fn find() -> Result<Self, Failed> {
        let own = std::env::var_os("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let manifest = Path::new(&own).with_file_name("Cargo.toml");
        let metadata = MetadataCommand::new()
            .manifest_path(&manifest)
            .no_deps()
            .exec()
            .map_err(|error| Failed::new(format!("{}: {error}", manifest.display())))?;
        Ok(Self {
            root: metadata.workspace_root.clone().into(),
            metadata,
        })
    }

    /// Files that belong to the repository, as paths from its root: those that
    /// git knows, and new ones that it isn't told to ignore.
    pub(crate) fn files(&self) -> Result<Vec<PathBuf>, Failed> {
        let listed = Command::new("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .within(&self.root)
            .output()?;
        let mut files: Vec<PathBuf> = listed
            .split('\0')
            .filter(|name| !name.is_empty())
            .map(PathBuf::from)
            // Removed, and git not yet told.
            .filter(|file| self.root.join(file).is_file())
            .collect();
        files.sort();
        files.dedup();
        Ok(files)
    }

    /// Where cargo puts what it builds.
    pub(crate) fn target(&self) -> PathBuf {
        match std::env::var_os("CARGO_TARGET_DIR") {
            Some(chosen) => self.root.join(chosen),
            None => self.metadata.target_directory.clone().into(),
        }
    }
}

/// What is worth keeping from one clone to the next.
pub(crate) fn cache() -> Result<PathBuf, Failed> {
    let from = |name: &str, below: &str| {
        let folder = std::env::var_os(name).filter(|value| !value.is_empty())?;
        Some(Path::new(&folder).join(below).join("ludgate"))
    };
    from("XDG_CACHE_HOME", "")
        .or_else(|| from("HOME", ".cache"))
        .ok_or_else(|| Failed::new("neither XDG_CACHE_HOME nor HOME is set; set one of them"))
}
