// Silver eels streaming past the stones of a weir, under dark water.

float stone_edge(float x) {
  return -0.62 + 0.16 * fbm(vec2(x * 1.3, 2.0)) + 0.10 * abs(sin(x * 2.3 + 1.0)) * noise(vec2(x * 2.0, 9.0));
}

vec3 water(vec2 p) {
  float up = p.y * 0.5 + 0.5;
  vec3 colour = mix(vec3(0.005, 0.012, 0.011), vec3(0.030, 0.066, 0.052), smoothstep(0.0, 0.95, up));
  // The surface, from below.
  float wave = 0.055 * noise(vec2(p.x * 2.2, 1.0)) + 0.030 * noise(vec2(p.x * 7.0, 4.0));
  float band = smoothstep(0.72 - wave, 1.02 - wave, p.y);
  float ripple = pow(noise(vec2(p.x * 5.0 + 3.0 * fbm(p * 3.0), p.y * 26.0)), 2.0);
  colour += vec3(0.30, 0.44, 0.34) * band * (0.25 + 1.2 * ripple);
  // Shafts of light.
  vec2 from = vec2(0.35, 2.0);
  vec2 d = p - from;
  float angle = atan(d.x, -d.y);
  float shaft = pow(fbm(vec2(angle * 11.0, 3.0)), 2.2) * smoothstep(-1.0, 0.9, p.y);
  colour += vec3(0.10, 0.17, 0.125) * shaft * 1.3;
  colour *= 0.80 + 0.42 * fbm(p * 2.1 + 4.0);
  return colour;
}

vec3 bed(vec2 p, vec3 behind) {
  float edge = stone_edge(p.x);
  float d = p.y - edge;
  if (d > 0.03) return behind;
  vec2 cell = vec2(p.x * 3.1 + 0.4 * noise(p * 2.0), (p.y + 0.2 * fbm(p * 2.0)) * 5.2);
  vec2 own = floor(cell);
  float nearest = 9.0, second = 9.0;
  vec2 which = vec2(0.0), off = vec2(0.0);
  for (int y = -1; y <= 1; y++) for (int x = -1; x <= 1; x++) {
    vec2 at = own + vec2(x, y) + 0.15 + 0.7 * hash2(own + vec2(x, y));
    float r = length(cell - at);
    if (r < nearest) { second = nearest; nearest = r; which = own + vec2(x, y); off = cell - at; }
    else second = min(second, r);
  }
  float crack = smoothstep(0.02, 0.22, second - nearest);
  float light = 0.35 + 0.75 * clamp(off.y * 1.1 + 0.25 + 0.3 * off.x, 0.0, 1.0);
  vec3 rock = mix(vec3(0.050, 0.060, 0.048), vec3(0.120, 0.118, 0.088), hash(which)) * (0.55 + 0.75 * fbm(p * 17.0));
  rock = mix(rock, vec3(0.030, 0.062, 0.026), 0.65 * smoothstep(0.45, 0.75, fbm(p * 6.0 + 8.0)) * clamp(off.y + 0.6, 0.0, 1.0));
  rock *= light * mix(0.25, 1.0, crack) * smoothstep(-1.15, -0.45, p.y);
  // Light that the waves gather on the bottom.
  vec2 c = p * vec2(5.0, 8.0);
  float caustic = pow(1.0 - abs(noise(c + 1.5 * fbm(c * 0.7)) * 2.0 - 1.0), 7.0);
  rock += vec3(0.16, 0.22, 0.14) * caustic * crack * smoothstep(-0.95, -0.40, p.y);
  return mix(behind, rock, smoothstep(0.02, -0.02, d));
}

// An eel: the distance to its back-bone along a wave, and where along it.
vec4 eel(vec2 p, float seed, float depth) {
  float size = mix(1.25, 0.52, depth);
  vec2 at = vec2(mix(-1.5, 1.45, hash(vec2(seed, 1.0))), mix(-0.46, 0.52, hash(vec2(seed, 2.0))));
  float lean = -0.10 + 0.28 * (hash(vec2(seed, 3.0)) - 0.5);
  vec2 q = mat2(cos(lean), sin(lean), -sin(lean), cos(lean)) * (p - at) / size;
  float t = q.x + 0.5;
  float phase = hash(vec2(seed, 4.0)) * 6.28;
  float grow = mix(0.35, 1.15, clamp(1.0 - t, 0.0, 1.0));
  float bend = 0.070 * grow * sin(t * mix(7.0, 9.5, hash(vec2(seed, 6.0))) + phase) + 0.03 * sin(t * 3.0 + phase * 2.0);
  float slope = 0.070 * grow * 8.2 * cos(t * 8.2 + phase);
  float thick = 0.0285 * smoothstep(0.0, 0.30, t) * (1.0 - 0.55 * smoothstep(0.80, 1.0, t));
  thick *= smoothstep(1.005, 0.955, t) * 0.9 + 0.1 * step(t, 1.0);
  float across = (q.y - bend) / sqrt(1.0 + slope * slope);
  return vec4(abs(across) - thick, across / max(thick, 1e-3), t, size);
}

vec3 draw(vec2 p) {
  vec3 colour = water(p);
  vec3 far = colour;
  // The far ones first, dim and soft.
  for (int i = 0; i < 13; i++) {
    float f = float(i);
    float depth = 1.0 - f / 12.0;
    if (i == 6) colour = bed(p, colour);
    vec4 e = eel(p, f * 3.7 + 1.0, depth);
    if (e.z < -0.02 || e.z > 1.02) continue;
    float soft = mix(0.0022, 0.0140, depth) / e.w;
    float there = inside(e.x, soft) * smoothstep(-0.01, 0.02, e.z) * smoothstep(1.006, 0.998, e.z);
    float fin = 0.0;
    if (e.z < 0.62) {
      float frill = abs(e.y) - 1.0 - 0.55 * smoothstep(0.62, 0.30, e.z);
      fin = smoothstep(0.12, -0.05, frill) * smoothstep(0.0, 0.12, e.z) * 0.55;
    }
    float v = clamp(e.y, -1.0, 1.0);
    float round_off = sqrt(max(0.0, 1.0 - v * v));
    vec3 back = vec3(0.030, 0.036, 0.026), flank = vec3(0.215, 0.205, 0.150), belly = vec3(0.46, 0.47, 0.41);
    vec3 skin = mix(belly, flank, smoothstep(-0.95, -0.25, v));
    skin = mix(skin, back, smoothstep(-0.10, 0.55, v));
    skin *= 0.45 + 0.65 * round_off;
    skin *= 0.88 + 0.20 * noise(vec2(e.z * 260.0, v * 11.0));
    skin += vec3(0.55, 0.66, 0.55) * 0.34 * pow(round_off, 2.0) * smoothstep(0.22, 0.0, abs(v - 0.42)) * (0.5 + fbm(vec2(e.z * 14.0, f)));
    // Head: gill, eye, and the line of the mouth.
    vec2 h = vec2((e.z - 0.958) * 1.0, v * 0.0185);
    skin = mix(skin, vec3(0.02), 0.75 * inside(abs(length(vec2((e.z - 0.905) * 1.6, v * 0.026 + 0.010)) - 0.012) - 0.0012, 0.001) * step(e.z, 0.905));
    skin = mix(skin, vec3(0.30, 0.27, 0.16), inside(length(h - vec2(0.008, 0.0060)) - 0.0072, 0.0008));
    skin = mix(skin, vec3(0.004), inside(length(h - vec2(0.0085, 0.0062)) - 0.0046, 0.0006));
    skin += vec3(0.8) * inside(length(h - vec2(0.0070, 0.0080)) - 0.0012, 0.0006);
    skin = mix(skin, vec3(0.02, 0.02, 0.015), 0.8 * inside(abs(h.y + 0.0035) - 0.0007, 0.0006) * step(0.965, e.z));
    float lit = 0.62 + 0.62 * smoothstep(-0.7, 0.9, p.y) + 0.25 * noise(p * 4.0);
    vec3 own = mix(skin * lit, far * 1.25, 0.80 * pow(depth, 0.8));
    colour = mix(colour, own * 0.55 + colour * 0.25, fin * (1.0 - depth * 0.6));
    colour = mix(colour, own, there);
  }
  // Motes, some near and out of focus.
  for (int i = 0; i < 110; i++) {
    float f = float(i);
    vec2 at = vec2(mix(-1.7, 1.7, hash(vec2(f, 51.0))), mix(-1.0, 1.0, hash(vec2(f, 52.0))));
    float size = mix(0.0016, 0.0125, pow(hash(vec2(f, 53.0)), 6.0));
    colour += vec3(0.30, 0.36, 0.28) * inside(length(p - at) - size, size * 0.8) * mix(0.42, 0.09, smoothstep(0.002, 0.011, size)) * (0.5 + 0.5 * p.y);
  }
  return pow(colour, vec3(1.12)) * 1.35 * (1.0 - 0.35 * smoothstep(0.6, 1.9, length(p)));
}
