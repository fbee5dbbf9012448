//! Every statement is understood by PostgreSQL too. A cluster of the test's own
//! is made, started on a socket in its folder, and stopped again.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ludgate_store::migrations::MIGRATIONS;
use ludgate_store::statement;

/// Where Debian has what it puts into nobody's path.
const PLACES: &str = "/usr/lib/postgresql";

struct Cluster {
    folder: tempfile::TempDir,
    programs: PathBuf,
    is_root: bool,
}

fn programs() -> PathBuf {
    let mut versions: Vec<PathBuf> = std::fs::read_dir(PLACES)
        .expect("Debian's package postgresql")
        .map(|entry| entry.expect("an entry").path().join("bin"))
        .collect();
    versions.sort();
    versions.pop().expect("a version")
}

fn run(command: &mut Command) -> Output {
    let output = command.output().expect("it starts");
    assert!(
        output.status.success(),
        "{command:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

impl Cluster {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let id = run(Command::new("id").arg("-u"));
        let is_root = String::from_utf8_lossy(&id.stdout).trim() == "0";
        if is_root {
            // PostgreSQL refuses to run as root.
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let cluster = Self {
            folder,
            programs: programs(),
            is_root,
        };
        let data = cluster.data();
        run(cluster
            .command("initdb")
            .args(["--auth=trust", "--username=ludgate", "--no-sync", "-D"])
            .arg(&data));
        let options = format!(
            "-k {} -c listen_addresses='' -c fsync=off",
            cluster.folder.path().display()
        );
        run(cluster
            .command("pg_ctl")
            .args(["-w", "-s", "-l"])
            .arg(cluster.folder.path().join("log"))
            .arg("-o")
            .arg(options)
            .arg("-D")
            .arg(&data)
            .arg("start"));
        cluster
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = Command::new(&program);
        if self.is_root {
            command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]);
            command.arg(program);
        }
        command.current_dir("/");
        command
    }

    /// Runs a file of statements, and returns what it says of those that fail.
    fn says(&self, file: &Path) -> String {
        let output = self
            .command("psql")
            .args(["-X", "-q", "-U", "ludgate", "-d", "postgres", "-h"])
            .arg(self.folder.path())
            .arg("-f")
            .arg(file)
            .output()
            .expect("psql starts");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let data = self.data();
        let stopped = self
            .command("pg_ctl")
            .args(["-w", "-s", "-m", "immediate", "-D"])
            .arg(data)
            .arg("stop")
            .status();
        assert!(
            stopped.is_ok_and(|status| status.success()),
            "the cluster stops"
        );
    }
}

#[test]
#[ignore = "runs PostgreSQL"]
fn every_statement_is_prepared_on_postgresql() {
    let cluster = Cluster::start();
    let mut script = String::new();
    for migration in MIGRATIONS {
        script.push_str(migration.text);
    }
    let all = statement::all();
    // The table of migrations is made by a statement, which isn't prepared.
    let create = all
        .iter()
        .find(|one| one.text.starts_with("CREATE"))
        .expect("one");
    writeln!(script, "{};", create.text).expect("written");
    for (number, one) in all.iter().enumerate() {
        if one.text.starts_with("CREATE") {
            continue;
        }
        writeln!(script, "\\echo {}::{}", one.module, one.name).expect("written");
        writeln!(script, "PREPARE s{number} AS {};", one.text).expect("written");
    }
    let file = cluster.folder.path().join("all.sql");
    std::fs::write(&file, &script).expect("written");
    let said = cluster.says(&file);
    assert_eq!(said, "", "{} statements", all.len());
    assert!(all.len() > 100, "{}", all.len());
    // It can fail.
    std::fs::write(
        &file,
        "PREPARE wrong AS SELECT no_such_column FROM accounts;",
    )
    .expect("written");
    assert!(cluster.says(&file).contains("no_such_column"));
}

/// SQL is in the lists, and so known to the test above.
#[test]
fn no_sql_is_outside_the_lists() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![source];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    let known: Vec<&str> = statement::all().iter().map(|one| one.module).collect();
    let mut lists = 0;
    for file in files {
        let text = std::fs::read_to_string(&file).expect("read");
        let name = file
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        for call in ["query(\"", "query_as(\"", "query_scalar(\""] {
            assert!(
                !text.contains(call),
                "{}: name the statement",
                file.display()
            );
        }
        if text.contains("\nstatements! {") {
            lists += 1;
            assert!(
                known.contains(&name.as_str()),
                "{}: add it to all()",
                file.display()
            );
        }
    }
    assert!(lists > 15, "{lists}");
}
