# A cache between readers and the gate. What is everybody's is kept here; a story
# is one reader's, and the gate says so of each.
vcl 4.1;

import std;

backend gate {
    .host = "127.0.0.1";
    .port = "8080";
}

# Who may have pages forgotten.
acl editors {
    "127.0.0.1";
}

sub vcl_recv {
    # Whose request it is, in place of whatever the reader says of that.
    set req.http.X-Forwarded-For = client.ip;

    if (req.method == "PURGE") {
        if (client.ip !~ editors) {
            return (synth(405));
        }
        return (purge);
    }
    if (req.http.Upgrade) {
        return (pipe);
    }
    # A HEAD that was passed on as a GET would be counted, and one of a story is
    # answered by the gate alone.
    if (req.method != "GET" || req.http.Authorization) {
        return (pass);
    }

    # The gate's own cookie changes no page that may be kept. All others may: those
    # by which the site knows its users, and that of staff.
    std.collect(req.http.Cookie, "; ");
    if (req.http.Cookie) {
        set req.http.X-Others = regsuball(req.http.Cookie, "(^|;) *(__Host-)?ludgate=[^;]*", "");
        set req.http.X-Others = regsuball(req.http.X-Others, "^[; ]+|[; ]+$", "");
        if (req.http.X-Others != "") {
            unset req.http.X-Others;
            return (pass);
        }
        unset req.http.X-Others;
    }
    return (hash);
}

sub vcl_pipe {
    set bereq.http.Upgrade = req.http.Upgrade;
    set bereq.http.Connection = req.http.Connection;
}

sub vcl_backend_response {
    # For one reader: not to be kept for an instant, whatever else is said. Who asks
    # for the same address next asks the gate.
    if (beresp.http.Cache-Control ~ "(?i)(private|no-store)" || beresp.http.Set-Cookie) {
        set beresp.uncacheable = true;
        set beresp.ttl = 2m;
        set beresp.grace = 0s;
        set beresp.keep = 0s;
        return (deliver);
    }
    # No more than the gate says, and nothing where it says nothing.
    if (!beresp.http.Cache-Control && !beresp.http.Expires) {
        set beresp.uncacheable = true;
        set beresp.ttl = 2m;
        return (deliver);
    }
}
