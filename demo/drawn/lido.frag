// A seawater pool on a headland in winter sun.

const float HORIZON = 0.46;

vec3 sky(vec2 p) {
  float up = p.y - HORIZON;
  vec3 colour = mix(vec3(0.95, 0.84, 0.66), vec3(0.36, 0.52, 0.70), smoothstep(-0.02, 0.50, up));
  float cloud = smoothstep(0.50, 0.80, fbm(vec2(p.x * 1.2, up * 6.0) + 5.0));
  colour = mix(colour, vec3(0.98, 0.90, 0.80), 0.5 * cloud * smoothstep(0.0, 0.12, up));
  vec2 sun = p - vec2(0.92, HORIZON + 0.30);
  colour += vec3(1.0, 0.86, 0.60) * (0.9 * exp(-dot(sun, sun) * 60.0) + 0.45 * exp(-length(sun) * 2.6));
  return colour;
}

vec3 sea(vec2 p) {
  float depth = HORIZON - p.y;
  vec2 w = vec2(p.x / (depth + 0.012), 1.0 / (depth + 0.012)) * vec2(1.0, 0.8);
  float chop = fbm(w * vec2(1.2, 1.0)) * 0.6 + 0.4 * fbm(w * vec2(3.0, 2.4) + 7.0);
  vec3 colour = mix(vec3(0.30, 0.42, 0.48), vec3(0.085, 0.190, 0.225), smoothstep(0.0, 0.11, depth));
  colour *= 0.62 + 0.72 * chop;
  float glint = exp(-pow((p.x - 0.92) / (0.26 + depth * 1.4), 2.0));
  colour += vec3(1.0, 0.84, 0.58) * glint * pow(chop, 3.0) * 3.0;
  colour += vec3(0.9) * smoothstep(0.66, 0.80, fbm(w * vec2(0.8, 1.9) + 20.0)) * smoothstep(0.02, 0.08, depth) * 0.5;
  return colour;
}

// Where a point of the picture lies on the level of the pool's water: across, and away.
vec2 ground(vec2 p) {
  float depth = HORIZON + 0.10 - p.y;
  return vec2((p.x - 0.10) / depth, 1.0 / depth);
}

float ripple(vec2 g) {
  return fbm(g * vec2(2.6, 5.0)) + 0.5 * noise(g * vec2(1.1, 1.8) + 3.0) + 0.25 * noise(g * vec2(9.0, 17.0));
}

vec3 draw(vec2 p) {
  p = p * 0.90 + vec2(0.04, 0.13);
  if (p.y > HORIZON) {
    vec3 colour = sky(p);
    // A headland with a lighthouse, far off.
    float land = p.y - HORIZON - 0.055 * smoothstep(-0.45, -1.25, p.x) - 0.012 * fbm(vec2(p.x * 9.0, 1.0)) * smoothstep(-0.4, -0.7, p.x);
    colour = mix(colour, vec3(0.34, 0.38, 0.42), inside(land, 0.0015) * step(p.x, -0.42));
    float light = max(abs(p.x + 1.18) - 0.009 + 0.03 * (p.y - HORIZON - 0.05), p.y - HORIZON - 0.145);
    colour = mix(colour, vec3(0.80, 0.76, 0.70), inside(light, 0.0012) * step(HORIZON + 0.04, p.y));
    return pow(colour, vec3(1.15)) * 0.72;
  }
  vec2 g = ground(p);
  // Away from the eye: from 1.2 (near) to 4.6 (the wall's foot).
  float near = 1.0, far = 4.15, half_wide = 2.9;
  float wall_y = HORIZON + 0.10 - 1.0 / far;
  vec3 colour = sea(p);
  // The far wall of the pool, low and pale, with the sun behind it.
  float wall_top = wall_y + 0.062;
  float broken = 0.004 * (fbm(vec2(p.x * 14.0, 2.0)) - 0.5);
  float wall = max(p.y - wall_top - broken, wall_y - p.y);
  vec3 plaster = vec3(0.36, 0.35, 0.345) * (0.75 + 0.4 * fbm(p * vec2(16.0, 30.0)));
  plaster = mix(plaster, vec3(1.0, 0.93, 0.80), smoothstep(wall_top - 0.016, wall_top - 0.003, p.y) * 0.85);
  plaster *= 1.0 - 0.5 * smoothstep(0.010, 0.0, p.y - wall_y);
  float buttress = abs(fract((p.x + 0.03) / 0.235) - 0.5) * 0.235;
  plaster *= 1.0 - 0.35 * inside(buttress - 0.012, 0.003) * step(p.y, wall_top - 0.016);
  // Spray where a sea has come against it.
  vec2 s = p - vec2(-0.62, wall_top + 0.015);
  float spray = exp(-dot(s * vec2(4.2, 8.5), s * vec2(4.2, 8.5))) * smoothstep(0.40, 0.75, fbm(p * 34.0) + 0.18 * exp(-length(s) * 9.0));
  colour = mix(colour, vec3(0.98, 0.97, 0.94), clamp(spray * 1.6, 0.0, 0.95));
  colour = mix(colour, plaster, inside(wall, 0.0018));
  if (p.y > wall_y) return pow(colour, vec3(1.15)) * 0.72;

  bool is_pool = abs(g.x) < half_wide && g.y > near && g.y < far;
  // The deck: wet concrete in slabs.
  vec2 slab = vec2(g.x * 1.4, g.y * 3.2);
  vec2 joint = abs(fract(slab) - 0.5);
  vec3 deck = vec3(0.44, 0.40, 0.35) * (0.72 + 0.35 * fbm(g * vec2(6.0, 11.0))) * (0.92 + 0.16 * hash(floor(slab)));
  deck *= 1.0 - 0.42 * smoothstep(0.478, 0.494, max(joint.x, joint.y));
  float wet = smoothstep(0.45, 0.62, fbm(g * vec2(1.4, 2.2) + 11.0));
  deck = mix(deck, deck * 0.48 + vec3(0.24, 0.22, 0.18) * (0.5 + 0.5 * smoothstep(-1.0, 1.4, p.x)), wet * 0.8);
  colour = deck;
  if (is_pool) {
    float e = 0.012;
    float h = ripple(g);
    vec2 slope = vec2(ripple(g + vec2(e, 0)) - h, ripple(g + vec2(0, e)) - h) / e;
    // The swimmer comes towards the eye, in the third lane.
    vec2 swimmer = vec2(-0.55, 2.10);
    vec2 d = (g - swimmer) * vec2(1.0, 0.75);
    float wake = abs(d.x) - 0.30 * max(d.y, 0.0) - 0.035;
    slope += vec2(sign(d.x), 0.6) * 4.5 * exp(-pow(wake / 0.055, 2.0)) * step(-0.05, d.y) * exp(-d.y * 0.9);
    slope += 2.2 * vec2(d.x, d.y) * sin(length(d) * 26.0) * exp(-length(d) * 2.6);
    vec2 b = g + slope * vec2(0.030, 0.052);
    // The floor: pale tiles, and a dark line under each lane.
    vec3 tiles = vec3(0.24, 0.56, 0.58);
    float lane = abs(fract(b.x / 0.83 + 0.5) - 0.5) * 0.83;
    vec3 floor_colour = mix(tiles, vec3(0.030, 0.095, 0.14), inside(lane - 0.062, 0.012));
    float tee = abs(b.y - far + 0.32) - 0.035;
    floor_colour = mix(floor_colour, vec3(0.030, 0.095, 0.14), inside(max(tee, lane - 0.20), 0.012));
    vec2 c = b * vec2(3.2, 4.4);
    float caustic = pow(1.0 - abs(2.0 * noise(c + 1.6 * fbm(c * 0.8)) - 1.0), 5.0) + 0.6 * pow(1.0 - abs(2.0 * noise(c * 1.9 + 8.0 + fbm(c)) - 1.0), 7.0);
    floor_colour *= 0.62 + 0.85 * caustic;
    floor_colour = mix(floor_colour, vec3(0.055, 0.26, 0.30), smoothstep(1.2, 4.2, g.y) * 0.62);
    vec2 seen = vec2(p.x + slope.x * 0.010, 2.0 * wall_y - p.y + abs(slope.y) * 0.018);
    vec3 mirrored = seen.y < wall_top ? vec3(0.22, 0.23, 0.235) : sky(vec2(seen.x, max(seen.y, HORIZON) + 0.16));
    float fresnel = mix(0.10, 0.62, smoothstep(1.1, 4.1, g.y)) + 0.05 * slope.y;
    colour = mix(floor_colour, mirrored, clamp(fresnel, 0.0, 0.9));
    float glint = exp(-pow((p.x - 0.92 + 0.3 * (wall_y - p.y)) / 0.34, 2.0));
    colour += vec3(1.0, 0.90, 0.68) * glint * pow(clamp(slope.y * 0.22 + 0.30, 0.0, 1.0), 5.0) * 3.4;
    // Ropes with floats, red and white.
    float rope = abs(fract(g.x / 0.83) - 0.5) * 0.83;
    float edge = 0.415 - rope;
    vec2 ball = vec2((0.415 - rope) , fract(g.y * 7.5) - 0.5);
    float size = 0.020;
    float floats = max(abs(edge + 0.006 * sin(g.y * 9.0 + floor(g.x / 0.83) * 2.0) * 1.0) - size, abs(ball.y) - 0.42);
    vec3 paint = step(0.5, fract(g.y * 7.5 / 6.0)) < 0.5 ? vec3(0.70, 0.13, 0.085) : vec3(0.88, 0.84, 0.76);
    colour *= 1.0 - 0.30 * inside(abs(edge - 0.028) - 0.020, 0.016);
    colour = mix(colour, paint * (0.65 + 0.5 * smoothstep(-0.02, 0.02, edge)), inside(floats, 0.006));
    // White water, and the swimmer: a cap, an arm coming over, shoulders.
    float foam = exp(-pow(wake / 0.045, 2.0)) * step(0.0, d.y) * exp(-d.y * 1.3) + 1.2 * exp(-pow(d.x / 0.085, 2.0)) * exp(-max(d.y, 0.0) * 2.0) * step(-0.02, d.y);
    colour = mix(colour, vec3(0.94, 0.95, 0.93), clamp(foam * smoothstep(0.32, 0.72, fbm(g * vec2(26.0, 20.0))) * 1.2, 0.0, 0.92));
    vec2 at = vec2(0.10 + swimmer.x / swimmer.y, HORIZON + 0.10 - 1.0 / swimmer.y);
    vec2 q = (p - at) / 0.062;
    float arm = min(line(q, vec2(0.42, 0.0), vec2(0.95, 0.72)), line(q, vec2(0.95, 0.72), vec2(1.20, -0.10))) - 0.095;
    colour = mix(colour, vec3(0.62, 0.40, 0.29) * (0.7 + 0.5 * smoothstep(0.2, 1.0, q.x)), inside(arm, 0.03));
    float shoulders = max(length(q * vec2(0.85, 1.9) - vec2(0.0, 0.12)) - 0.52, -q.y - 0.02);
    colour = mix(colour, vec3(0.52, 0.33, 0.24), inside(shoulders, 0.03));
    float head = max(length(q - vec2(0.0, 0.20)) - 0.30, -q.y + 0.02);
    vec3 cap = mix(vec3(0.90, 0.46, 0.08), vec3(1.0, 0.74, 0.30), smoothstep(-0.1, 0.5, q.y + 0.5 * q.x));
    cap = mix(vec3(0.50, 0.32, 0.23), cap, smoothstep(0.06, 0.12, q.y));
    colour = mix(colour, cap, inside(head, 0.03));
  }
  // The rim: a pale edge and its shadow in the water.
  float rim = min(abs(g.y - near) * 0.9, abs(abs(g.x) - half_wide));
  rim = max(rim - 0.055, max(abs(g.x) - half_wide - 0.055, max(near - 0.055 - g.y, g.y - far)));
  vec3 lip = vec3(0.80, 0.75, 0.66) * (0.82 + 0.25 * fbm(g * 16.0));
  colour = mix(colour, lip, inside(rim, 0.006));
  return pow(colour, vec3(1.15)) * 0.72;
}
