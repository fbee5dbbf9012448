//! nginx between readers and the gate, with the very file of the guide.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use crate::foreign::Cms;
use crate::program::{Paper, Server, decision, free_ports, get};
use crate::recipe::{NGINX, Recipe, Running};
use crate::secure::{HOST, Signer};

/// Who comes from here reads for nothing.
const OFFICE: &str = "[[rules]]\nid = \"office\"\nwhen = { network = \"198.51.100.0/24\" }\n\
                      then = \"open\"\n\n[[rules]]";

/// What the guide changes and adds where a load balancer says in PROXY headers
/// whose connections are.
const BALANCED: [&str; 2] = [
    "ssl http2 proxy_protocol;",
    "    set_real_ip_from 127.0.0.1;\n    real_ip_header proxy_protocol;",
];

/// A site, the gate before it, and nginx before that.
struct Scene {
    nginx: Running,
    plain: SocketAddr,
    signer: Signer,
    _gate: Server,
    _paper: Paper,
    cms: Cms,
}

impl Scene {
    fn set() -> Self {
        Self::set_with(None)
    }

    /// `balanced` is what the guide adds for a load balancer in front.
    fn set_with(balanced: Option<[&str; 2]>) -> Self {
        let (cms, signer) = (Cms::start(), Signer::new());
        let paper = cms.paper();
        paper.edit("ludgate.toml", |text| {
            let url = text.lines().find(|line| line.starts_with("url "));
            text.replacen(url.expect("a url"), &format!("url = \"https://{HOST}\""), 1)
                .replacen("[server]", "[server]\ntrusted_proxies = [\"127.0.0.1\"]", 1)
                .replacen(
                    "preset = \"wordpress\"",
                    "preset = \"wordpress\"\nupgrades = [\"/live\"]",
                    1,
                )
                .replacen("[[rules]]", OFFICE, 1)
        });
        let gate = paper.serve();
        let [plain, secure] = free_ports();
        let recipe = Recipe::of("behind-nginx/nginx.conf");
        let (chain, key) = signer.sign();
        std::fs::write(recipe.path("fullchain.pem"), chain).expect("a file");
        std::fs::write(recipe.path("privkey.pem"), key).expect("a file");
        let files = recipe.path("files");
        std::fs::create_dir_all(files.join("static")).expect("a folder");
        std::fs::write(files.join("static/logo.svg"), "<svg/>").expect("a file");
        let files = files.to_str().expect("a path").to_owned();
        let pem = recipe.path("").to_str().expect("a path").to_owned();
        let recipe = match balanced {
            Some([listen, real]) => recipe.with("ssl http2;", listen).with(
                "    map $http_upgrade",
                &format!("{real}\n    map $http_upgrade"),
            ),
            None => recipe,
        };
        let nginx = recipe
            .with("listen 80;", &format!("listen {plain};"))
            .with("listen 443 ", &format!("listen {secure} "))
            .with("127.0.0.1:8080", &gate.readers.to_string())
            .with("/etc/nginx/review.example/", &pem)
            .with("/var/www/review.example", &files)
            .run(&NGINX, secure);
        Self {
            nginx,
            plain,
            signer,
            _gate: gate,
            _paper: paper,
            cms,
        }
    }

    fn get(&self, path: &str, headers: &str) -> String {
        self.signer.get(self.nginx.address, path, headers)
    }
}

#[test]
#[ignore = "runs nginx and Caddy"]
fn nginx_passes_stories_on_and_keeps_none() {
    let scene = Scene::set();
    let mut header = String::new();
    for story in ["a", "b", "c", "a"] {
        let page = scene.get(&format!("/2026/11/{story}/"), &header);
        assert!(page.contains("canary19end"), "{page}");
        assert!(page.contains("private, no-store"), "{page}");
        if let Some(set) = page.split("__Host-ludgate=").nth(1) {
            let value = set.split(';').next().expect("a value");
            header = format!("Cookie: __Host-ludgate={value}\r\n");
        }
    }
    // The same address, whole for one reader and not for the next.
    let stranger = scene.get("/2026/11/d/", "");
    assert!(stranger.contains("canary19end"), "{stranger}");
    for headers in [
        "",
        "Accept-Encoding: gzip\r\n",
        "Range: bytes=900-\r\n",
        "If-Modified-Since: Fri, 27 Nov 2026 00:00:00 GMT\r\n",
        "If-None-Match: *\r\n",
        // Nothing that a reader says of an address is believed.
        "X-Forwarded-For: 198.51.100.7\r\n",
        "X-Real-IP: 198.51.100.7\r\nForwarded: for=198.51.100.7\r\n",
    ] {
        let page = scene.signer.connect(scene.nginx.address).ask_raw(
            "/2026/11/d/",
            &format!("Connection: close\r\n{header}{headers}"),
        );
        let text = String::from_utf8_lossy(&page);
        assert!(text.starts_with("HTTP/1.1 200"), "{headers}: {text}");
        assert!(decision(&text).starts_with("preview"), "{headers}: {text}");
        assert!(!text.contains("canary9end"), "{headers}: {text}");
    }
    for path in [
        "/static/../2026/11/d/",
        "/static/%2e%2e/2026/11/d/",
        "/static/..%2f2026/11/d/",
        "//2026/11/d/",
    ] {
        let page = scene.get(path, &header);
        assert!(!page.contains("canary9end"), "{path}: {page}");
    }
    let feed = scene.get("/feed/", &header);
    assert!(feed.contains("canary0end") && !feed.contains("canary19end"));
    assert!(scene.get("/data.json", &header).starts_with("HTTP/1.1 403"));
}

#[test]
#[ignore = "runs nginx and Caddy"]
fn nginx_serves_its_own_files_and_sends_everybody_to_https() {
    let scene = Scene::set();
    let asked = scene.cms.asked();
    let file = scene.get("/static/logo.svg", "");
    assert!(
        file.contains("image/svg+xml") && file.ends_with("<svg/>"),
        "{file}"
    );
    assert_eq!(
        scene.cms.asked(),
        asked,
        "the gate has nothing to do with it"
    );
    let (status, page) = get(scene.plain, "/2026/11/a/?x=1", "");
    assert_eq!(status, 308, "{page}");
    assert!(
        page.contains(&format!("https://{HOST}/2026/11/a/?x=1\r\n")),
        "{page}"
    );
    let (head, page) = scene.signer.get_2(scene.nginx.address, "/2026/11/a/", None);
    assert_eq!(head.status, 200, "{page}");
    assert!(page.contains("canary19end"), "{page}");
}

#[test]
#[ignore = "runs nginx and Caddy"]
fn nginx_says_whose_a_request_is() {
    let scene = Scene::set_with(Some(BALANCED));
    let from = |address: &str, headers: &str| {
        let mut socket = TcpStream::connect(scene.nginx.address).expect("a connection");
        let told = format!("PROXY TCP4 {address} 10.0.0.1 4711 443\r\n");
        socket.write_all(told.as_bytes()).expect("sent");
        let mut stream = scene.signer.shake_hands(socket).expect("a handshake");
        let page = stream.ask("/2026/11/a/", &format!("Connection: close\r\n{headers}"));
        decision(&page).to_owned()
    };
    let office = from("198.51.100.7", "");
    assert!(office.contains("rule=\"office\""), "{office}");
    let forged = from("203.0.113.9", "X-Forwarded-For: 198.51.100.7\r\n");
    assert!(forged.contains("reason=counted"), "{forged}");
}

#[test]
#[ignore = "runs nginx and Caddy"]
fn nginx_lets_a_connection_speak_another_protocol_where_the_gate_does() {
    let scene = Scene::set();
    let mut stream = scene.signer.connect(scene.nginx.address);
    let upgrade = "Connection: upgrade\r\nUpgrade: websocket\r\n";
    stream.send("/live", upgrade);
    let head = stream.head();
    assert!(head.starts_with("HTTP/1.1 101"), "{head}");
    stream.0.write_all(b"there and back").expect("sent");
    let mut back = [0; 14];
    stream.0.read_exact(&mut back).expect("an echo");
    assert_eq!(&back, b"there and back");
    // Where a story is, it isn't.
    let page = scene.get(
        "/2026/11/a/",
        "Connection: close, upgrade\r\nUpgrade: websocket\r\n",
    );
    assert!(!page.starts_with("HTTP/1.1 101"), "{page}");
}
