//! `ludgate init`: a folder to start a publication from.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::cli::InitArgs;
use crate::secrets::Secrets;

/// What is written: path and content.
const FILES: [(&str, &str); 4] = [
    ("ludgate.toml", include_str!("../starter/ludgate.toml")),
    (
        "content/publication.toml",
        include_str!("../starter/content/publication.toml"),
    ),
    (
        "content/stories/hello.md",
        include_str!("../starter/content/stories/hello.md"),
    ),
    (
        "content/pages/subscribe.md",
        include_str!("../starter/content/pages/subscribe.md"),
    ),
];

/// Writes the folder; nothing that is there is touched.
pub(crate) fn run(args: &InitArgs) -> Result<()> {
    let dir = &args.dir;
    if let Some((path, _)) = FILES.iter().find(|(path, _)| dir.join(path).exists()) {
        bail!(
            "{} is there already; nothing was written",
            dir.join(path).display()
        );
    }
    for (path, content) in FILES {
        write(&dir.join(path), content)?;
    }
    let secrets = Secrets::open(&dir.join("data"))?;
    secrets.token()?;
    let mut out = anstream::stdout().lock();
    writeln!(out, "A publication to start from is in {}.", dir.display())?;
    writeln!(
        out,
        "  Its configuration:  {}",
        dir.join("ludgate.toml").display()
    )?;
    writeln!(
        out,
        "  Its first story:    {}",
        dir.join("content/stories/hello.md").display()
    )?;
    writeln!(
        out,
        "  The admin token:    {}",
        secrets.token_path().display()
    )?;
    writeln!(
        out,
        "\nServe it with:  ludgate serve --config {}",
        dir.join("ludgate.toml").display()
    )?;
    Ok(())
}

fn write(path: &Path, content: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("{} can't be made", folder.display()))?;
    }
    fs::write(path, content).with_context(|| format!("{} can't be written", path.display()))
}
