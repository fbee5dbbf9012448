//! What `ludgate probe` proposes for a real WordPress, put to work as it is.

use crate::program::{Paper, free_ports, get, said};
use crate::siege::Story;
use crate::site::WordPress;

/// Doors by which WordPress hands out stories beside their pages.
const DOORS: [&str; 6] = [
    "/",
    "/feed/",
    "/feed/atom/",
    "/wp-json/wp/v2/posts?per_page=100",
    "/?rest_route=/wp/v2/posts",
    "/?feed=rss2",
];

/// The end of a story, which a proposal that is any good withholds.
fn end(story: &Story) -> &str {
    story.canaries.last().expect("a canary")
}

#[test]
#[ignore = "needs WordPress, PHP and MariaDB"]
fn what_probe_proposes_passes_the_check_and_withholds_every_story() {
    let wordpress = WordPress::as_it_comes();
    let site = &wordpress.site;
    let paper = Paper::new();
    let (file, url) = (paper.config(), format!("http://{}", site.address));
    std::fs::remove_file(&file).expect("the paper's own");
    let probe = ["probe", &url, "--host", "post.example", "--write", &file];
    let (code, report) = said(&probe);
    assert_eq!(code, 0, "{report}");
    assert!(report.contains("WordPress"), "{report}");
    let (code, checked) = said(&["check", "--config", &file]);
    assert_eq!(code, 0, "{checked}");
    let [readers, admin] = free_ports();
    paper.edit("ludgate.toml", |text| {
        let meter = "allowance = { anonymous = 3, registered = 5 }";
        assert!(text.contains(meter), "{text}");
        text.replace(meter, "allowance = { anonymous = 0 }")
            + &format!("\n[server]\nlisten = \"{readers}\"\nadmin = \"{admin}\"\n")
    });
    let server = paper.serve();
    let free = |story: &&Story| story.name != "free";
    let stories: Vec<&Story> = site.stories.iter().filter(free).collect();
    let mut handed_out = 0;
    let paths = stories.iter().map(|story| story.path.as_str()).chain(DOORS);
    for path in paths {
        let (_, open) = get(site.address, path, "");
        let (status, page) = server.get(path, "");
        for story in &stories {
            handed_out += usize::from(open.contains(end(story)));
            assert!(
                !page.contains(end(story)),
                "{path}: {status}: {report}\n{page}"
            );
        }
    }
    let enough = stories.len();
    assert!(
        handed_out >= enough,
        "{handed_out} ends of {enough} stories prove little"
    );
}
