// A football goal at dusk, standing in still flood water.

const float HORIZON = -0.02;

vec3 sky(vec2 p) {
  float up = max(p.y - HORIZON, 0.0);
  vec3 low = mix(vec3(0.86, 0.46, 0.26), vec3(0.58, 0.40, 0.40), smoothstep(-0.2, 1.7, abs(p.x - 0.75)));
  vec3 colour = mix(low, vec3(0.30, 0.33, 0.42), smoothstep(0.02, 0.42, up));
  colour = mix(colour, vec3(0.085, 0.115, 0.185), smoothstep(0.30, 1.05, up));
  vec2 w = vec2(p.x * 0.9, up * 3.4) + vec2(0.0, 0.25 * fbm(p * 1.7));
  float cloud = smoothstep(0.46, 0.80, fbm(w * 1.5 + 2.0));
  vec3 under = mix(vec3(0.55, 0.30, 0.25), vec3(0.13, 0.145, 0.19), smoothstep(0.05, 0.55, up));
  colour = mix(colour, under, 0.72 * cloud * smoothstep(0.03, 0.2, up));
  float wisp = smoothstep(0.52, 0.75, fbm(vec2(p.x * 1.2 + 9.0, up * 11.0)));
  colour += vec3(0.32, 0.14, 0.07) * wisp * exp(-pow((up - 0.20) / 0.12, 2.0)) * 0.55;
  return colour;
}

// Roofs beyond a sea wall.
vec3 town(vec2 p, vec3 behind) {
  float up = p.y - HORIZON;
  vec3 colour = behind;
  float house = (p.x + 2.0) / 0.118;
  float own = floor(house), in_house = fract(house);
  float ridge = 0.098 + 0.008 * sin(own * 1.7);
  float roof = up - ridge + 0.022 * (1.0 - smoothstep(0.0, 0.5, 0.5 - abs(in_house - 0.5)));
  float chimney = box(vec2(in_house - 0.86, (up - ridge - 0.010) / 0.118), vec2(0.065, 0.22));
  float mass = min(roof, chimney * 0.118);
  vec3 wall = mix(vec3(0.060, 0.055, 0.066), vec3(0.042, 0.044, 0.056), step(up, ridge - 0.03));
  colour = mix(colour, wall, inside(mass, 0.0012));
  vec2 pane = vec2(abs(in_house - 0.5) - 0.24, (up - 0.052) / 0.118);
  float lit = step(0.62, hash(vec2(own, step(0.5, in_house))));
  colour += vec3(1.0, 0.62, 0.28) * 0.85 * lit * inside(box(pane, vec2(0.075, 0.10)), 0.02) * step(up, ridge - 0.03);
  colour = mix(colour, vec3(0.052, 0.050, 0.052) * (0.8 + 0.5 * noise(p * vec2(60.0, 120.0))), inside(up - 0.034, 0.001));
  colour += vec3(0.06, 0.045, 0.035) * inside(abs(up - 0.034) - 0.0015, 0.001);
  return colour;
}

float net(vec2 p, vec2 skew) {
  vec2 g = abs(fract((p + skew * p.yx) / 0.040) - 0.5) * 0.040;
  return min(g.x, g.y) - 0.00075;
}

vec4 goal(vec2 p) {
  // The foot of the posts lies a little nearer than the wall.
  vec2 q = p - vec2(-0.12, HORIZON - 0.075);
  vec4 drawn = vec4(0.0);
  vec2 wide = vec2(0.62, 0.43);
  // The net: its roof, its back and its sides.
  float back = box(q - vec2(0.05, 0.17), vec2(0.53, 0.17));
  float sag = net(q + vec2(0.0, 0.015 * sin(q.x * 5.0)), vec2(0.06, 0.0));
  drawn = mix(drawn, vec4(0.60, 0.56, 0.55, 0.55), inside(max(sag, back), 0.0014));
  float side = max(max(q.x - wide.x, -q.x + 0.53), max(q.y - mix(0.43, 0.34, (0.62 - q.x) / 0.09), -q.y));
  drawn = mix(drawn, vec4(0.60, 0.56, 0.55, 0.6), inside(max(net(q * vec2(2.2, 1.0), vec2(0.0)) , side), 0.0011) * 0.7);
  float top = max(abs(q.y - mix(0.385, 0.39, 0.0)) - 0.045, abs(q.x) - wide.x + 0.02);
  drawn = mix(drawn, vec4(0.60, 0.56, 0.55, 0.6), inside(max(net(q * vec2(1.0, 2.4), vec2(0.1, 0.0)), top), 0.0011) * 0.65);
  float stay = min(line(q, vec2(-0.62, 0.43), vec2(-0.48, 0.335)), line(q, vec2(0.62, 0.43), vec2(0.58, 0.335))) - 0.003;
  drawn = mix(drawn, vec4(0.34, 0.32, 0.33, 1.0), inside(stay, 0.001));
  float post = abs(abs(q.x) - wide.x) - 0.0105;
  post = max(post, max(q.y - wide.y - 0.0105, -q.y));
  float bar = max(abs(q.y - wide.y) - 0.0105, abs(q.x) - wide.x - 0.0105);
  float round_off = clamp(1.0 - pow(abs(abs(q.x) - wide.x) / 0.0105, 2.0), 0.0, 1.0);
  vec3 white = vec3(0.55, 0.51, 0.52) * (0.45 + 0.75 * round_off);
  white = mix(white, vec3(0.18, 0.16, 0.13), 0.6 * smoothstep(0.07, 0.0, q.y) * noise(q * 90.0));
  drawn = mix(drawn, vec4(white, 1.0), inside(post, 0.0012));
  float under = smoothstep(-0.0105, 0.0105, q.y - wide.y);
  drawn = mix(drawn, vec4(mix(vec3(0.25, 0.235, 0.25), vec3(0.80, 0.70, 0.66), under), 1.0), inside(bar, 0.0012));
  return drawn;
}

vec4 mast(vec2 p) {
  vec2 q = p - vec2(0.92, HORIZON + 0.02);
  float leg = min(line(q, vec2(-0.020, 0.0), vec2(-0.009, 0.78)), line(q, vec2(0.020, 0.0), vec2(0.009, 0.78))) - 0.0022;
  float lattice = abs(fract(q.y / 0.052 + q.x * 26.0) - 0.5) * 0.052 - 0.0013;
  lattice = max(min(lattice, abs(fract(q.y / 0.052 - q.x * 26.0) - 0.5) * 0.052 - 0.0013), max(abs(q.x) - 0.017, max(q.y - 0.77, -q.y)));
  float head = box(q - vec2(0.0, 0.815), vec2(0.072, 0.044));
  return vec4(vec3(0.042, 0.044, 0.056), max(inside(min(leg, lattice), 0.001), inside(head, 0.001)));
}

vec3 floodlight(vec2 p) {
  vec2 q = p - vec2(0.92, HORIZON + 0.02);
  vec3 sum = vec3(0.0);
  for (int i = 0; i < 8; i++) {
    vec2 at = vec2(-0.051 + 0.034 * float(i % 4), 0.798 + 0.035 * float(i / 4));
    sum += vec3(1.0, 0.93, 0.82) * glow(q - at, 0.0115) * 0.62;
  }
  sum += vec3(0.75, 0.72, 0.72) * 0.20 * exp(-length(q - vec2(0.0, 0.815)) * 4.2);
  return sum;
}

vec3 above(vec2 p) {
  vec3 colour = town(p, sky(p));
  vec4 m = mast(p);
  colour = mix(colour, m.rgb, m.a);
  return colour + floodlight(p);
}

vec3 draw(vec2 p) {
  vec4 g = goal(p);
  if (p.y > HORIZON) {
    vec3 colour = above(p);
    return pow(mix(colour, g.rgb, g.a), vec3(1.12)) * 0.92;
  }
  float depth = HORIZON - p.y;
  vec2 w = vec2(p.x / (depth + 0.06), 1.0 / (depth + 0.06));
  // Nearly still, with a breath of wind here and there.
  float breath = smoothstep(0.42, 0.72, fbm(w * vec2(0.5, 0.9) + 3.0));
  float e = 0.03;
  float here = fbm(w * vec2(4.0, 7.0));
  vec2 slope = vec2(fbm((w + vec2(e, 0)) * vec2(4.0, 7.0)) - here, fbm((w + vec2(0, e)) * vec2(4.0, 7.0)) - here) / e;
  vec2 ring = p - vec2(0.30, HORIZON - 0.28);
  float r = length(ring * vec2(1.0, 3.2));
  slope.y += 5.0 * sin(r * 95.0) * exp(-r * 9.0) * smoothstep(0.0, 0.05, r);
  vec3 sum = vec3(0.0);
  for (int i = 0; i < 8; i++) {
    float t = (float(i) + hash(p * 713.0 + float(i))) / 8.0 - 0.5;
    vec2 lean = slope * vec2(0.0012, 0.0042) * (0.35 + 2.6 * breath) * (0.3 + depth) + vec2(0.0, t * 0.05 * breath * depth);
    vec2 seen = vec2(p.x + lean.x, 2.0 * HORIZON - p.y + lean.y);
    vec3 colour = above(vec2(seen.x, max(seen.y, HORIZON + 0.0005)));
    vec4 own = goal(vec2(p.x + lean.x, 2.0 * (HORIZON - 0.075) - p.y + lean.y));
    colour = mix(colour, own.rgb * 0.85, own.a * step(p.y, HORIZON - 0.072));
    sum += colour;
  }
  sum /= 8.0;
  float fresnel = mix(0.90, 0.50, smoothstep(0.0, 0.95, depth));
  // Drowned grass, and the goal line under it.
  vec3 bed = mix(vec3(0.030, 0.038, 0.026), vec3(0.055, 0.062, 0.036), fbm(w * vec2(9.0, 16.0)));
  float chalk = inside(abs(1.0 / (depth + 0.06) - 1.0 / (0.135)) - 0.10, 0.05);
  bed += vec3(0.16, 0.16, 0.14) * chalk * 0.5 * smoothstep(0.25, 0.5, fbm(w * 14.0));
  vec3 water = mix(bed, sum, fresnel);
  // Blades that still reach out of the water.
  for (int i = 0; i < 150; i++) {
    float f = float(i);
    float z = mix(0.28, 0.96, pow(hash(vec2(f, 21.0)), 0.8));
    vec2 at = vec2(mix(-1.7, 1.7, hash(vec2(floor(f / 5.0), 20.0))) + 0.05 * (hash(vec2(f, 22.0)) - 0.5), HORIZON - z + 0.02 * hash(vec2(f, 26.0)));
    float tall = 0.075 * z * mix(0.4, 1.0, hash(vec2(f, 23.0)));
    float bend = 0.035 * (hash(vec2(f, 24.0)) - 0.5);
    float d = line(p, at, at + vec2(bend, tall)) - 0.0014 * z;
    float mirrored = line(p, at, at + vec2(bend, -tall * 0.9)) - 0.0014 * z;
    water = mix(water, vec3(0.040, 0.040, 0.030), 0.45 * inside(mirrored, 0.0012));
    water = mix(water, vec3(0.026, 0.030, 0.018), inside(d, 0.001));
  }
  water = mix(water, g.rgb, g.a * step(HORIZON - 0.075, p.y));
  return pow(water, vec3(1.12)) * 0.92;
}
