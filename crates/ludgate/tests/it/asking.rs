//! Other people's proxies in front, which ask the gate and get from the site by
//! themselves what it allows. They run with the very files of the guide.

use crate::foreign::Cms;
use crate::program::{Server, ask, free_ports, get};
use crate::recipe::{NGINX, Recipe, Running};

/// A site, the gate before it, and a proxy of this kind that asks.
struct Scene {
    proxy: Running,
    gate: Server,
    _cms: Cms,
}

impl Scene {
    /// `recipe` is a file of the guide, `place` what stands there for the
    /// address that readers go to.
    fn set(asker: &str, recipe: &str, place: &str, command: &[&str]) -> Self {
        let cms = Cms::start();
        let paper = cms.paper();
        paper.edit("ludgate.toml", |text| {
            let trusting = "[server]\ntrusted_proxies = [\"127.0.0.1\"]";
            text.replacen("[server]", trusting, 1)
                + &format!("[gate]\nforward_auth = \"{asker}\"\n")
        });
        let gate = paper.serve();
        let [address, _] = free_ports();
        let here = place
            .replace("0.0.0.0", "127.0.0.1")
            .replace("80", &address.port().to_string());
        let mut recipe = Recipe::of(&format!("forward-auth/{recipe}")).with(place, &here);
        for (from, to) in [(8080, gate.readers.port()), (3000, cms.address.port())] {
            recipe = if asker == "envoy" {
                recipe.with(&format!("port_value: {from}"), &format!("port_value: {to}"))
            } else {
                recipe.with(&format!("127.0.0.1:{from}"), &format!("127.0.0.1:{to}"))
            };
        }
        Self {
            proxy: recipe.run(command, address),
            gate,
            _cms: cms,
        }
    }

    /// What a reader meets. `wall` is the status that a wall comes with.
    fn withholds(self, wall: u16) {
        let proxy = self.proxy.address;
        let mut header = String::new();
        for story in ["a", "b", "c", "a"] {
            let (status, page) = get(proxy, &format!("/2026/11/{story}/"), &header);
            assert_eq!(status, 200, "{page}");
            assert!(page.contains("canary19end"), "{page}");
            for said in ["private, no-store", "x-robots-tag: noarchive"] {
                assert!(page.to_lowercase().contains(said), "{said}: {page}");
            }
            if let Some(cookie) = set_cookie(&page) {
                header = cookie;
            }
        }
        let (status, page) = get(proxy, "/2026/11/d/", &header);
        assert_eq!(status, wall, "{page}");
        assert!(
            page.contains("canary0end") && !page.contains("canary9end"),
            "{page}"
        );
        assert!(page.contains("ludgate-wall"), "{page}");
        for (path, more) in [
            ("/2026/11/d/", "Range: bytes=900-\r\n"),
            ("/2026/11/d/", "X-Original-URI: /style.css\r\n"),
            ("/2026/11/d/", "X-Forwarded-Uri: /style.css\r\n"),
            (
                "/2026/11/d/",
                "X-Forwarded-Method: HEAD\r\nX-Forwarded-For: 192.0.2.1\r\n",
            ),
            ("/2026/11/d/?utm_source=x", ""),
            ("/2026/11/d/?amp=1", ""),
            ("/2026/11//d/", ""),
            ("/2026/11/%64/", ""),
            ("/-/../2026/11/d/", ""),
            ("/-/authorize/2026/11/d/", ""),
            ("/feed/", ""),
            ("/data.json", ""),
            ("/wp-json/wp/v2/posts", ""),
        ] {
            let (status, page) = get(proxy, path, &format!("{header}{more}"));
            let last = page.contains("canary19end") || page.contains("canary9end");
            assert!(!last, "{path} {more}: {status} {page}");
        }
        for method in ["POST", "PUT", "OPTIONS", "PROPFIND"] {
            let (status, page) = ask(proxy, method, "/2026/11/d/", &header);
            assert!(!page.contains("canary9end"), "{method}: {status} {page}");
        }
        // A gate that isn't there opens nothing.
        drop(self.gate);
        let (status, page) = get(proxy, "/2026/11/a/", &header);
        assert!((500..600).contains(&status) || status == 403, "{page}");
        assert!(!page.contains("canary"), "{page}");
    }
}

fn set_cookie(response: &str) -> Option<String> {
    let line = response.lines().find(|line| {
        line.to_ascii_lowercase()
            .starts_with("set-cookie: ludgate=")
    })?;
    let value = line["set-cookie: ".len()..].split(';').next()?;
    Some(format!("Cookie: {value}\r\n"))
}

#[test]
#[ignore = "runs nginx and Caddy"]
fn nginx_gets_from_the_site_only_what_the_gate_allows() {
    Scene::set("nginx", "nginx.conf", "listen 80;", &NGINX).withholds(200);
}

#[test]
#[ignore = "runs nginx and Caddy"]
fn caddy_gets_from_the_site_only_what_the_gate_allows() {
    let command = ["caddy", "run", "--config", "FILE", "--adapter", "caddyfile"];
    Scene::set("caddy", "Caddyfile", "\n:80 {", &command).withholds(200);
}

#[test]
#[ignore = "runs Envoy"]
fn envoy_gets_from_the_site_only_what_the_gate_allows() {
    let envoy = std::env::var("ENVOY").expect("ENVOY names the program");
    let command = [
        &*envoy,
        "--log-level",
        "error",
        "--disable-hot-restart",
        "-c",
        "FILE",
    ];
    let place = "address: 0.0.0.0, port_value: 80 ";
    Scene::set("envoy", "envoy.yaml", place, &command).withholds(403);
}
