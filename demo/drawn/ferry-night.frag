// A small lit ferry on a wide river at night.

const float HORIZON = 0.08;

vec3 lamp(float seed) { return mix(vec3(1.0, 0.62, 0.28), vec3(1.0, 0.86, 0.66), hash(vec2(seed, 3.1))); }

vec3 shore(vec2 p) {
  float up = p.y - HORIZON;
  vec3 sky = mix(vec3(0.052, 0.060, 0.088), vec3(0.008, 0.013, 0.030), smoothstep(0.0, 0.85, up));
  sky += vec3(0.16, 0.085, 0.035) * exp(-up * 7.0) * (0.5 + 0.7 * exp(-pow((p.x + 0.75) / 0.8, 2.0)));
  sky += 0.035 * vec3(0.7, 0.6, 0.6) * smoothstep(0.45, 0.85, fbm(p * vec2(1.4, 4.0) + 4.0)) * exp(-up * 1.6);
  // Roofs and warehouses, a layer behind a layer.
  for (int layer = 0; layer < 2; layer++) {
    float near = float(layer);
    float wide = mix(0.045, 0.085, near);
    float cell = floor((p.x + near * 3.7) / wide);
    float tall = (0.05 + 0.10 * hash(vec2(cell, near + 2.0)) * (0.4 + noise(vec2(cell * 0.21, 8.0)))) * mix(1.0, 0.62, near);
    tall *= smoothstep(1.75, 0.1, abs(p.x - 0.15)) * 0.6 + 0.4;
    float local = fract((p.x + near * 3.7) / wide) - 0.5;
    tall += 0.02 * step(0.45, hash(vec2(cell, 5.0))) * (0.5 - abs(local));
    vec3 wall = mix(vec3(0.030, 0.026, 0.030), vec3(0.010, 0.010, 0.014), near);
    sky = mix(sky, wall, inside(up - tall, 0.0012));
    vec2 pane = vec2((p.x + near * 3.7) / wide * 5.0, up * 62.0);
    vec2 own = floor(pane);
    float lit = step(0.86, hash(own + 13.0 * near)) * step(0.5, own.y) * step((own.y + 1.0) / 62.0, tall);
    vec2 in_pane = fract(pane) - 0.5;
    sky += lamp(own.x * 7.0 + own.y) * lit * inside(box(in_pane, vec2(0.22, 0.26)), 0.1) * 0.55;
  }
  // A steeple, and lamps along the quay.
  float steeple = max(abs(p.x + 0.98) - max(0.0, 0.016 * (0.34 - up) / 0.34), up - 0.34);
  sky = mix(sky, vec3(0.012, 0.012, 0.016), inside(steeple, 0.0015));
  for (int i = 0; i < 26; i++) {
    float at = -1.75 + float(i) * 0.14 + 0.05 * hash(vec2(float(i), 1.0));
    float height = 0.018 + 0.008 * hash(vec2(float(i), 2.0));
    sky += lamp(float(i)) * glow(p - vec2(at, HORIZON + height), 0.0042) * 0.75;
  }
  // The landing stages.
  sky += vec3(0.55, 0.95, 0.70) * glow(p - vec2(1.32, HORIZON + 0.035), 0.0075);
  sky += vec3(1.0, 0.45, 0.35) * glow(p - vec2(-1.30, HORIZON + 0.045), 0.0055);
  return sky;
}

vec4 ferry(vec2 p) {
  p -= vec2(0.22, HORIZON - 0.052);
  p /= 1.18;
  vec4 drawn = vec4(0.0);
  float bow = 0.36 + 0.05 * smoothstep(0.0, 0.055, p.y);
  float hull = max(max(p.y - 0.058 - 0.018 * smoothstep(0.25, 0.42, p.x), -p.y), max(p.x - bow, -p.x - 0.36));
  vec3 paint = mix(vec3(0.018, 0.030, 0.045), vec3(0.085, 0.075, 0.065), smoothstep(0.02, 0.058, p.y));
  drawn = mix(drawn, vec4(paint, 1.0), inside(hull, 0.0015));
  drawn = mix(drawn, vec4(0.42, 0.36, 0.28, 1.0), inside(box(p - vec2(0.0, 0.056), vec2(0.36, 0.0022)), 0.001));
  float saloon = box(p - vec2(-0.02, 0.092), vec2(0.275, 0.034));
  drawn = mix(drawn, vec4(0.17, 0.135, 0.10, 1.0), inside(saloon, 0.0015));
  float each = (p.x + 0.29) / 0.0386;
  vec2 pane = vec2((fract(each) - 0.5) * 0.0386, p.y - 0.095);
  float there = inside(box(pane, vec2(0.0150, 0.0165)) - 0.002, 0.0012) * step(0.0, each) * step(each, 14.0);
  vec3 inner = mix(vec3(1.0, 0.66, 0.30), vec3(1.0, 0.82, 0.52), smoothstep(0.08, 0.112, p.y));
  float who = hash(vec2(floor(each), 4.0));
  float head = min(length(pane - vec2(0.004, -0.003)) - 0.0052, box(pane - vec2(0.004, -0.015), vec2(0.0075, 0.008)));
  inner *= 1.0 - 0.75 * step(0.55, who) * inside(head, 0.001);
  drawn = mix(drawn, vec4(inner * (1.15 + 0.4 * hash(vec2(floor(each), 9.0))), 1.0), there);
  float deck = box(p - vec2(-0.03, 0.129), vec2(0.30, 0.0035));
  drawn = mix(drawn, vec4(0.20, 0.18, 0.15, 1.0), inside(deck, 0.001));
  float rail = min(abs(p.y - 0.148), abs(p.y - 0.141)) - 0.0006;
  rail = min(rail, abs(fract((p.x + 0.3) / 0.03) - 0.5) * 0.03 - 0.0006);
  rail = max(rail, box(p - vec2(-0.10, 0.140), vec2(0.20, 0.0085)));
  drawn = mix(drawn, vec4(0.22, 0.19, 0.16, 1.0), inside(rail, 0.0008));
  float bridge = box(p - vec2(0.165, 0.156), vec2(0.062, 0.0255));
  drawn = mix(drawn, vec4(0.20, 0.17, 0.14, 1.0), inside(bridge, 0.0015));
  float glass = box(p - vec2(0.170, 0.164), vec2(0.052, 0.0085));
  drawn = mix(drawn, vec4(0.20, 0.26, 0.25, 1.0), inside(glass, 0.001));
  float funnel = max(abs(p.x + 0.07 + (p.y - 0.13) * 0.12) - 0.026, max(p.y - 0.215, 0.13 - p.y));
  vec3 band = mix(vec3(0.32, 0.075, 0.045), vec3(0.42, 0.33, 0.20), inside(abs(p.y - 0.188) - 0.007, 0.001));
  drawn = mix(drawn, vec4(band * (0.55 + 0.5 * smoothstep(-0.10, -0.04, p.x)), 1.0), inside(funnel, 0.0015));
  float mast = line(p, vec2(0.155, 0.18), vec2(0.150, 0.285)) - 0.0022;
  drawn = mix(drawn, vec4(0.10, 0.09, 0.08, 1.0), inside(mast, 0.001));
  return drawn;
}

vec3 lights(vec2 p) {
  vec2 q = (p - vec2(0.22, HORIZON - 0.052)) / 1.18;
  vec3 sum = vec3(1.0, 0.93, 0.80) * glow(q - vec2(0.150, 0.288), 0.0085);
  sum += vec3(1.0, 0.16, 0.10) * glow(q - vec2(0.222, 0.143), 0.0055);
  for (int i = 0; i < 7; i++) sum += vec3(1.0, 0.74, 0.42) * glow(q - vec2(-0.28 + 0.075 * float(i), 0.122), 0.0052) * 0.7;
  sum += vec3(1.0, 0.70, 0.38) * 0.05 * exp(-length((q - vec2(0.0, 0.10)) * vec2(1.0, 2.1)) * 7.0);
  return sum;
}

vec3 above(vec2 p) {
  vec3 colour = shore(p);
  vec4 boat = ferry(p);
  return mix(colour, boat.rgb, boat.a) + lights(p);
}

float waves(vec2 w) {
  return fbm(w * vec2(1.0, 0.85)) + 0.35 * noise(w * vec2(2.6, 3.4) + 9.0) + 0.7 * noise(w * 0.28);
}

vec3 draw(vec2 p) {
  p = p * 0.80 + vec2(0.10, 0.03);
  float water_line = HORIZON - 0.052;
  if (p.y > HORIZON) return above(p);
  // The hull hides the water behind it.
  vec4 boat = ferry(p);
  float depth = max(HORIZON - p.y, 0.0008);
  vec2 w = vec2(p.x / depth, 1.0 / depth) * vec2(0.85, 1.5);
  float e = 0.06;
  float here = waves(w);
  vec2 slope = vec2(waves(w + vec2(e, 0)) - here, waves(w + vec2(0, e)) - here) / e;
  slope *= smoothstep(0.0, 0.10, depth) * 0.75 + 0.25;
  vec3 sum = vec3(0.0);
  for (int i = 0; i < 14; i++) {
    float t = (float(i) + hash(p * 913.0 + float(i))) / 14.0;
    vec2 lean = slope * vec2(0.014, 0.085) * (0.35 + depth * 2.1) + vec2(0.0, (t - 0.35) * (0.03 + 0.16 * depth));
    vec2 seen = vec2(p.x + lean.x, 2.0 * HORIZON - p.y + lean.y - 0.02);
    // What stands on the nearer water line is mirrored from there.
    vec2 own = vec2(p.x + lean.x, 2.0 * water_line - p.y + lean.y);
    vec3 colour = shore(vec2(seen.x, max(seen.y, HORIZON + 0.001)));
    vec4 ship = ferry(own);
    colour = mix(colour, ship.rgb, ship.a * step(p.y, water_line + 0.02));
    colour += lights(own) * step(p.y, water_line + 0.02);
    sum += colour;
  }
  sum /= 14.0;
  float fresnel = mix(0.92, 0.42, smoothstep(0.0, 0.9, depth));
  vec3 water = vec3(0.006, 0.011, 0.014) + sum * fresnel;
  water *= 0.86 + 0.22 * here;
  // White water along the hull.
  vec2 q = (p - vec2(0.22, water_line)) / 1.18;
  float foam = exp(-pow((q.y + 0.004) / 0.006, 2.0)) * smoothstep(0.44, 0.36, q.x) * smoothstep(-1.3, -0.30, q.x);
  water += vec3(0.34, 0.30, 0.24) * foam * (0.25 + 1.2 * pow(noise(w * vec2(2.0, 1.0)), 2.0));
  return mix(water, boat.rgb, boat.a);
}
