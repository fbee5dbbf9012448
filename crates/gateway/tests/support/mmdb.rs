//! Writes files in the format MMDB, as small as they can be: a tree of one bit a
//! level, and for each network a record with its country.
//!
//! The format: <https://maxmind.github.io/MaxMind-DB/>.

use ipnet::IpNet;

/// A branch of the tree.
#[derive(Clone, Copy)]
enum Branch {
    Nothing,
    Node(usize),
    /// The place of a record in the data.
    Record(usize),
}

/// A database of this type in which the networks, none within another, have
/// these countries at `country.iso_code`.
pub(crate) fn mmdb(kind: &str, networks: &[(&str, &str)]) -> Vec<u8> {
    let mut nodes = vec![[Branch::Nothing; 2]];
    let mut data = Vec::new();
    for (network, code) in networks {
        let network: IpNet = network.parse().expect("a network");
        plant(&mut nodes, network, data.len());
        let record = map(&[("country", map(&[("iso_code", text(code))]))]);
        data.extend(record);
    }
    let count = nodes.len();
    let mut file = Vec::new();
    for branch in nodes.iter().flatten() {
        let value = match *branch {
            Branch::Nothing => count,
            Branch::Node(node) => node,
            Branch::Record(place) => count + 16 + place,
        };
        let bytes = u32::try_from(value).expect("a small tree").to_be_bytes();
        file.extend_from_slice(&bytes[1..]);
    }
    file.extend([0; 16]);
    file.extend(data);
    file.extend(b"\xab\xcd\xefMaxMind.com");
    let count = u32::try_from(count).expect("a small tree");
    file.extend(map(&[
        ("binary_format_major_version", number(5, &[0, 2])),
        ("binary_format_minor_version", number(5, &[0, 0])),
        ("build_epoch", [&[8, 2][..], &[0; 8]].concat()),
        ("database_type", text(kind)),
        ("description", map(&[])),
        ("ip_version", number(5, &[0, 6])),
        ("languages", vec![0, 4]),
        ("node_count", number(6, &count.to_be_bytes())),
        ("record_size", number(5, &[0, 24])),
    ]));
    file
}

fn plant(nodes: &mut Vec<[Branch; 2]>, network: IpNet, record: usize) {
    // IPv4 addresses are the last 32 bits of ::/96.
    let (bits, length) = match network {
        IpNet::V4(net) => (u128::from(u32::from(net.network())), 96 + net.prefix_len()),
        IpNet::V6(net) => (u128::from(net.network()), net.prefix_len()),
    };
    let mut at = 0;
    for level in 0..length {
        let side = usize::from(bits >> (127 - level) & 1 == 1);
        if level + 1 == length {
            nodes[at][side] = Branch::Record(record);
            return;
        }
        at = match nodes[at][side] {
            Branch::Node(node) => node,
            Branch::Nothing => {
                nodes.push([Branch::Nothing; 2]);
                let node = nodes.len() - 1;
                nodes[at][side] = Branch::Node(node);
                node
            }
            Branch::Record(_) => panic!("{network} lies in another network"),
        };
    }
}

/// A type below eight and a length below 29 are one byte.
fn control(kind: u8, length: usize) -> u8 {
    assert!(length < 29, "longer needs more bytes");
    kind << 5 | u8::try_from(length).expect("a small number")
}

fn text(text: &str) -> Vec<u8> {
    [&[control(2, text.len())], text.as_bytes()].concat()
}

fn number(kind: u8, bytes: &[u8]) -> Vec<u8> {
    [&[control(kind, bytes.len())], bytes].concat()
}

fn map(pairs: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut bytes = vec![control(7, pairs.len())];
    for (key, value) in pairs {
        bytes.extend(text(key));
        bytes.extend(value);
    }
    bytes
}
