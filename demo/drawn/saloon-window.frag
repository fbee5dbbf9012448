// The saloon of a ferry at night: a bench, a strap, and a wet window with the
// lamps of a city beyond it.

vec3 colour_of(float seed) {
  float k = hash(vec2(seed, 1.7));
  vec3 warm = mix(vec3(1.0, 0.55, 0.20), vec3(1.0, 0.82, 0.55), hash(vec2(seed, 5.0)));
  if (k > 0.86) return vec3(0.35, 0.95, 0.60);
  if (k > 0.76) return vec3(1.0, 0.20, 0.12);
  if (k > 0.66) return vec3(0.62, 0.80, 1.0);
  return warm;
}

// The city out of focus: discs of light, and their smears on the river.
vec3 city(vec2 p) {
  vec3 sum = mix(vec3(0.010, 0.014, 0.028), vec3(0.055, 0.036, 0.034), smoothstep(0.75, 0.02, abs(p.y - 0.10)));
  for (int i = 0; i < 62; i++) {
    float f = float(i);
    vec2 at = vec2(mix(-1.9, 1.9, hash(vec2(f, 2.0))), 0.10 + 0.42 * pow(hash(vec2(f, 3.0)), 2.2));
    float size = mix(0.030, 0.085, hash(vec2(f, 4.0)));
    float d = length(p - at);
    float disc = inside(d - size, 0.006) * (0.55 + 0.45 * smoothstep(size * 0.55, size, d));
    sum += colour_of(f) * disc * mix(0.10, 0.42, hash(vec2(f, 6.0)));
    vec2 q = p - vec2(at.x, -0.02 - 0.30 * hash(vec2(f, 8.0)));
    sum += colour_of(f) * 0.055 * exp(-pow(q.x / (size * 0.8), 2.0)) * exp(-pow(q.y / 0.20, 2.0));
  }
  return sum;
}

// One layer of drops: how much of the point lies in one, and how it bends.
vec3 drops(vec2 p, float grid, float seed) {
  vec2 cell = floor(p * grid);
  vec3 found = vec3(0.0);
  for (int y = -1; y <= 1; y++) for (int x = -1; x <= 1; x++) {
    vec2 own = cell + vec2(x, y);
    vec2 k = hash2(own + seed);
    if (hash(own + seed + 9.0) < 0.42) continue;
    vec2 at = (own + 0.2 + 0.6 * k) / grid;
    float size = mix(0.10, 0.40, pow(hash(own + seed + 4.0), 2.0)) / grid;
    vec2 d = p - at;
    d.y *= mix(1.0, 0.78, k.x);
    d.x += 0.15 * size * (noise(p * grid * 3.0) - 0.5);
    float r = length(d) / size;
    if (r < 1.0) found = vec3(d / size, 1.0);
  }
  return found;
}

vec3 glass(vec2 p) {
  vec3 drop = drops(p, 9.0, 1.0);
  if (drop.z < 0.5) drop = drops(p * mat2(0.96, 0.28, -0.28, 0.96), 21.0, 40.0);
  if (drop.z < 0.5) drop = drops(p + 3.3, 46.0, 90.0);
  // Runs that drops have left.
  float run = 0.0;
  for (int i = 0; i < 9; i++) {
    float f = float(i);
    float x = mix(-1.5, 1.5, hash(vec2(f, 31.0))) + 0.035 * sin(p.y * 9.0 + f * 4.0) + 0.02 * noise(vec2(p.y * 7.0, f));
    float top = mix(0.0, 0.9, hash(vec2(f, 33.0)));
    run = max(run, inside(abs(p.x - x) - 0.008, 0.003) * step(p.y, top) * step(top - 0.9, p.y));
  }
  vec3 seen = city(p + 0.05 * run * vec2(sin(p.y * 60.0), 0.6));
  seen *= 1.0 - 0.10 * run;
  // Breath on the pane.
  seen = mix(seen, vec3(0.060, 0.050, 0.046) + seen * 0.75, 0.5 * smoothstep(0.1, -0.5, p.y + 0.35 * fbm(p * 2.0)));
  if (drop.z > 0.5) {
    vec2 n = drop.xy;
    float r2 = dot(n, n);
    // A drop shows the world upside down.
    vec3 bent = city(vec2(p.x, 0.12) - n * vec2(0.55, 0.45) * (0.5 + 0.5 * r2));
    bent *= mix(1.25, 0.30, smoothstep(0.45, 1.0, r2));
    bent += vec3(1.0, 0.85, 0.6) * 0.55 * inside(length(n - vec2(-0.38, 0.46)) - 0.13, 0.07);
    seen = bent;
  }
  return seen;
}

float round_box(vec2 p, vec2 h, float r) { return box(p, h - r) - r; }

vec3 wood(vec2 p, float seed) {
  float grain = fbm(vec2(p.x * 2.2, p.y * 46.0) + seed) * 0.6 + 0.4 * fbm(vec2(p.x * 9.0, p.y * 160.0) + seed);
  return mix(vec3(0.105, 0.050, 0.022), vec3(0.235, 0.120, 0.050), grain);
}

vec3 draw(vec2 p) {
  vec2 centre = vec2(0.0, 0.20);
  float pane = round_box(p - centre, vec2(1.22, 0.60), 0.13);
  vec3 seen = glass(p);
  // The lamp inside is mirrored in the pane.
  seen += vec3(1.0, 0.72, 0.40) * 0.10 * exp(-length((p - vec2(0.78, 0.62)) * vec2(1.0, 2.6)) * 5.0);

  // The wall: painted boards, lit from above and the right.
  float board = abs(fract((p.x + 0.06) / 0.24) - 0.5) * 0.24;
  float light = 0.24 + 0.62 * exp(-length((p - vec2(1.05, 0.95)) * vec2(0.8, 0.95)));
  vec3 wall = vec3(0.215, 0.205, 0.150) * (0.9 + 0.12 * fbm(p * vec2(3.0, 60.0))) * light;
  wall *= 1.0 - 0.45 * inside(board - 0.004, 0.003);
  vec3 colour = wall;

  // The frame: brass, with screws.
  float frame = abs(pane - 0.030) - 0.030;
  float bevel = smoothstep(0.0, 0.06, pane);
  vec3 brass = mix(vec3(0.46, 0.31, 0.11), vec3(0.16, 0.10, 0.035), abs(bevel - 0.35) * 1.4);
  brass *= light * (1.15 + 0.5 * fbm(p * 40.0)) * (0.75 + 0.6 * smoothstep(-0.3, 0.8, p.y));
  colour = mix(colour, colour * 0.35, inside(pane - 0.085, 0.03));
  colour = mix(colour, brass, inside(frame, 0.002));
  for (int i = -4; i <= 4; i++) {
    vec2 at = centre + vec2(float(i) * 0.28, 0.63);
    float screw = min(length(p - at), length(p - at + vec2(0.0, 1.26)));
    colour = mix(colour, vec3(0.09, 0.06, 0.025) + 0.35 * brass, inside(screw - 0.0105, 0.002));
    colour = mix(colour, vec3(0.02), inside(max(screw - 0.009, abs(p.x - at.x) - 0.0016), 0.001));
  }
  colour = mix(colour, seen, inside(pane, 0.002));
  colour *= 1.0 - 0.5 * inside(abs(pane + 0.012) - 0.012, 0.012) * 0.7;

  // The bench: slats of varnished wood, which hold some of the window's light.
  if (p.y < -0.50) {
    float back = step(-0.80, p.y);
    float pitch = mix(0.085, 0.066, back);
    float at = fract(-(p.y + 0.50) / pitch);
    float own = floor(-(p.y + 0.50) / pitch);
    vec3 slat = wood(p + own * 3.0, own * 7.0);
    float round_off = 1.0 - pow(abs(at - 0.45) * 2.0, 3.0);
    slat *= 0.30 + 1.05 * round_off * (0.35 + 0.65 * light);
    slat += vec3(0.75, 0.52, 0.30) * 0.11 * pow(max(0.0, 1.0 - abs(at - 0.22) * 5.0), 2.0) * (0.4 + fbm(vec2(p.x * 5.0, own)));
    float gap = inside(0.44 - abs(at - 0.5), 0.02);
    colour = mix(slat, vec3(0.008, 0.006, 0.005), 1.0 - inside(abs(at - 0.5) - 0.44, 0.02));
    colour *= mix(0.62, 1.0, back) + 0.25 * smoothstep(-0.80, -1.0, p.y);
    for (int i = -2; i <= 2; i++) {
      float iron = abs(p.x - float(i) * 0.74 - 0.2) - 0.018;
      colour = mix(colour, vec3(0.018, 0.017, 0.016) + 0.04 * light, inside(iron, 0.002) * (1.0 - back));
    }
  }
  // The strap, with its own shadow on the wall.
  vec2 q = p - vec2(-0.56, 0.62);
  float strap = box(q - vec2(0.012 * sin(q.y * 3.0), 0.30), vec2(0.021, 0.36));
  vec2 ring_at = q - vec2(0.0, -0.165);
  float ring = abs(length(ring_at * vec2(1.0, 0.92)) - 0.105) - 0.015;
  float hang = min(strap, ring);
  colour *= 1.0 - 0.25 * inside(min(box(q - vec2(-0.035, 0.28), vec2(0.021, 0.36)), abs(length((ring_at + vec2(0.035, 0.02)) * vec2(1.0, 0.92)) - 0.105) - 0.015), 0.02);
  vec3 leather = vec3(0.085, 0.040, 0.020) * (0.7 + 0.7 * fbm(p * 90.0)) * (0.6 + light);
  colour = mix(colour, leather, inside(strap, 0.002));
  float lit = smoothstep(-0.02, 0.02, dot(normalize(ring_at + 1e-4), normalize(vec2(0.6, 0.8))) * 0.015 - (length(ring_at * vec2(1.0, 0.92)) - 0.105) * 0.6);
  colour = mix(colour, mix(vec3(0.025, 0.022, 0.020), vec3(0.34, 0.29, 0.22), lit * 0.7), inside(ring, 0.002));
  colour *= 1.0 - 0.35 * smoothstep(0.9, 1.9, length(p * vec2(0.9, 1.0)));
  return colour * 1.55;
}
