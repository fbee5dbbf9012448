// A tide staff on a stone quay wall at dusk, with the gauge hut on the coping.

const float WATER = -0.52;
const float COPING = 0.40;

vec3 sky(vec2 p) {
  vec3 colour = mix(vec3(0.95, 0.52, 0.25), vec3(0.52, 0.38, 0.42), smoothstep(-0.55, 0.25, p.y));
  colour = mix(colour, vec3(0.13, 0.17, 0.27), smoothstep(0.10, 0.95, p.y));
  float cloud = smoothstep(0.48, 0.78, fbm(vec2(p.x * 1.1 + 3.0, p.y * 4.6) + 0.4 * fbm(p * 2.0)));
  colour = mix(colour, mix(vec3(0.82, 0.36, 0.20), vec3(0.16, 0.16, 0.22), smoothstep(0.0, 0.7, p.y)), 0.6 * cloud);
  return colour;
}

vec3 far_side(vec2 p) {
  vec3 colour = sky(p);
  float up = p.y + 0.36;
  float land = up - 0.035 - 0.05 * fbm(vec2(p.x * 2.0, 4.0)) - 0.018 * step(0.55, hash(vec2(floor(p.x * 26.0), 2.0)));
  colour = mix(colour, vec3(0.125, 0.098, 0.115), inside(land, 0.0015));
  vec2 own = floor(p * vec2(70.0, 60.0));
  colour += vec3(1.0, 0.66, 0.32) * step(0.93, hash(own)) * inside(length(fract(p * vec2(70.0, 60.0)) - 0.5) - 0.22, 0.08) * step(land, -0.012) * step(0.0, up - 0.006);
  float crane = min(line(p, vec2(1.22, -0.34), vec2(1.22, -0.05)), line(p, vec2(1.02, -0.06), vec2(1.44, -0.045))) - 0.0045;
  crane = min(crane, line(p, vec2(1.22, -0.01), vec2(1.04, -0.06)) - 0.0018);
  return mix(colour, vec3(0.09, 0.075, 0.092), inside(crane, 0.001));
}

// How far the wall reaches at this height: it leans back a little.
float wall_end(float y) { return 0.46 - 0.05 * (y - WATER); }

vec3 masonry(vec2 p) {
  float course = (p.y - WATER) / 0.118;
  float own = floor(course);
  float shift = hash(vec2(own, 3.0));
  float wide = 0.30 + 0.10 * hash(vec2(own, 4.0));
  vec2 block = vec2((p.x + shift) / wide, course);
  vec2 id = floor(block), in_block = fract(block);
  vec2 joint = vec2(min(in_block.x, 1.0 - in_block.x) * wide, min(in_block.y, 1.0 - in_block.y) * 0.118);
  float edge = min(joint.x, joint.y) + 0.004 * (fbm(p * 45.0) - 0.5);
  float grain = fbm(p * 22.0 + hash(id) * 20.0);
  float pit = fbm(p * 70.0);
  vec3 stone = mix(vec3(0.200, 0.165, 0.140), vec3(0.325, 0.265, 0.215), 0.5 * hash(id) + 0.6 * grain - 0.1);
  // Rough faces, raked by the last light from the right.
  float e = 0.004;
  float h0 = fbm(p * 26.0) + 0.35 * pit, h1 = fbm((p + vec2(e, 0.0)) * 26.0) + 0.35 * fbm((p + vec2(e, 0.0)) * 70.0);
  float rake = clamp(0.62 + (h0 - h1) * 3.0, 0.15, 1.7);
  stone *= rake;
  stone += vec3(0.40, 0.20, 0.09) * 0.30 * smoothstep(0.010, 0.002, joint.x) * step(0.5, in_block.x);
  stone *= mix(0.22, 1.0, smoothstep(0.002, 0.010, edge));
  // Wet and green below the last high water.
  float wet = smoothstep(0.10, -0.12, p.y + 0.05 * fbm(p * vec2(7.0, 3.0)) + 0.05);
  vec3 weed = mix(vec3(0.022, 0.030, 0.014), vec3(0.062, 0.062, 0.028), fbm(p * vec2(34.0, 12.0)));
  float hang = smoothstep(0.42, 0.70, fbm(vec2(p.x * 26.0, p.y * 5.0)) + 0.55 * smoothstep(0.0, -0.5, p.y));
  stone = mix(stone, stone * vec3(0.46, 0.47, 0.42), wet);
  stone = mix(stone, weed * (0.55 + 0.6 * rake), wet * hang * smoothstep(0.02, -0.22, p.y));
  stone += vec3(0.75, 0.46, 0.28) * wet * 0.10 * pow(clamp(rake - 0.6, 0.0, 1.0), 2.0);
  float light = 0.34 + 0.95 * exp(-pow((wall_end(p.y) - p.x) / 0.75, 2.0));
  return stone * light;
}

float digit(vec2 p, int n) {
  // Seven strokes on a grid of 1 by 2.
  float d = 9.0;
  int on = n == 0 ? 119 : n == 1 ? 36 : n == 2 ? 93 : n == 3 ? 109 : n == 4 ? 46 : n == 5 ? 107 : n == 6 ? 123 : n == 7 ? 37 : n == 8 ? 127 : 111;
  if ((on & 1) > 0) d = min(d, line(p, vec2(0, 2), vec2(1, 2)));
  if ((on & 2) > 0) d = min(d, line(p, vec2(0, 1), vec2(0, 2)));
  if ((on & 4) > 0) d = min(d, line(p, vec2(1, 1), vec2(1, 2)));
  if ((on & 8) > 0) d = min(d, line(p, vec2(0, 1), vec2(1, 1)));
  if ((on & 16) > 0) d = min(d, line(p, vec2(0, 0), vec2(0, 1)));
  if ((on & 32) > 0) d = min(d, line(p, vec2(1, 0), vec2(1, 1)));
  if ((on & 64) > 0) d = min(d, line(p, vec2(0, 0), vec2(1, 0)));
  return d;
}

vec4 staff(vec2 p) {
  vec2 q = p - vec2(-0.20, WATER);
  float half_wide = 0.066;
  float board = max(abs(q.x) - half_wide, max(q.y - 0.985, -q.y - 0.6));
  vec3 enamel = vec3(0.70, 0.63, 0.52) * (0.86 + 0.22 * fbm(p * 14.0));
  // One decimetre to each twentieth of the picture; marks at every centimetre.
  float unit = 0.082;
  float level = q.y / unit;
  float dm = floor(level + 0.02), in_dm = fract(level + 0.02);
  float cm = floor(in_dm * 10.0);
  float mark = step(0.5, mod(cm, 2.0)) * step(q.x, mix(-0.014, 0.004, step(4.5, cm) * step(cm, 5.5)));
  enamel = mix(enamel, vec3(0.030, 0.028, 0.032), mark * step(-half_wide + 0.006, q.x));
  int n = int(mod(dm + 1.0, 10.0));
  vec2 place = (q - vec2(0.018, dm * unit + unit * 0.18)) / vec2(0.026, 0.0245);
  float ink = digit(place, n) - 0.16;
  bool is_metre = n == 0;
  enamel = mix(enamel, is_metre ? vec3(0.42, 0.035, 0.025) : vec3(0.030, 0.028, 0.032), inside(ink, 0.06));
  enamel = mix(enamel, vec3(0.42, 0.035, 0.025), is_metre ? inside(abs(in_dm - 0.06) * unit - 0.004, 0.001) : 0.0);
  float rust = smoothstep(0.50, 0.78, fbm(vec2(q.x * 20.0, q.y * 7.0) + 3.0));
  enamel = mix(enamel, vec3(0.16, 0.070, 0.030), 0.65 * rust);
  float slime = smoothstep(0.36, 0.05, q.y + 0.08 * fbm(p * 16.0));
  enamel = mix(enamel, vec3(0.050, 0.062, 0.028) + 0.12 * enamel, 0.84 * slime);
  enamel *= 0.70 + 0.55 * smoothstep(-half_wide, half_wide, q.x);
  float bolt = 9.0;
  for (int i = 0; i < 4; i++) bolt = min(bolt, length(vec2(abs(q.x) - 0.053, q.y - 0.12 - 0.27 * float(i))));
  enamel = mix(enamel, vec3(0.07, 0.045, 0.030), inside(bolt - 0.0085, 0.0015));
  return vec4(enamel * 0.92, inside(board, 0.0016));
}

vec4 hut(vec2 p) {
  vec2 q = p - vec2(-0.72, COPING);
  vec4 drawn = vec4(0.0);
  float walls = box(q - vec2(0.0, 0.19), vec2(0.30, 0.19));
  float plank = abs(fract(q.x / 0.043) - 0.5) * 0.043;
  vec3 paint = vec3(0.075, 0.095, 0.105) * (0.75 + 0.4 * fbm(q * vec2(8.0, 50.0))) * (0.55 + 0.9 * smoothstep(-0.30, 0.30, q.x));
  paint *= 1.0 - 0.55 * inside(plank - 0.002, 0.002);
  drawn = mix(drawn, vec4(paint, 1.0), inside(walls, 0.0015));
  float pane = box(q - vec2(0.13, 0.225), vec2(0.075, 0.080));
  vec3 inner = mix(vec3(1.25, 0.72, 0.28), vec3(1.0, 0.50, 0.18), length((q - vec2(0.15, 0.25)) * 7.0));
  drawn = mix(drawn, vec4(0.45, 0.42, 0.36, 1.0), inside(pane - 0.014, 0.001));
  drawn = mix(drawn, vec4(inner, 1.0), inside(pane, 0.001));
  float bars = min(abs(q.x - 0.13), abs(q.y - 0.225)) - 0.004;
  drawn = mix(drawn, vec4(0.30, 0.26, 0.21, 1.0), inside(max(bars, pane), 0.001));
  float door = box(q - vec2(-0.14, 0.155), vec2(0.072, 0.155));
  drawn = mix(drawn, vec4(paint * 0.55, 1.0), inside(door, 0.0012));
  drawn = mix(drawn, vec4(paint * 1.3, 1.0), inside(abs(door) - 0.004, 0.001));
  float roof = max(q.y - 0.52 + abs(q.x) * 0.42, 0.365 - q.y);
  roof = max(roof, abs(q.x) - 0.35);
  vec3 slate = vec3(0.060, 0.058, 0.072) * (0.8 + 0.5 * step(0.5, fract(q.y / 0.022))) * (0.6 + 0.8 * smoothstep(-0.1, 0.3, q.x));
  drawn = mix(drawn, vec4(slate, 1.0), inside(roof, 0.0015));
  float pipe = line(q, vec2(0.17, 0.44), vec2(0.17, 0.60)) - 0.013;
  drawn = mix(drawn, vec4(0.05, 0.045, 0.050, 1.0), inside(pipe, 0.001));
  float mast = line(q, vec2(-0.24, 0.42), vec2(-0.24, 0.72)) - 0.0035;
  drawn = mix(drawn, vec4(0.055, 0.050, 0.060, 1.0), inside(mast, 0.001));
  return drawn;
}

vec3 above(vec2 p) {
  vec3 colour = far_side(p);
  vec4 h = hut(p);
  colour = mix(colour, h.rgb, h.a);
  float end = p.x - wall_end(p.y);
  // The coping: large stones, lit along their edge.
  float coping = max(max(p.y - COPING - 0.005, COPING - 0.075 - p.y), end - 0.018);
  if (p.y < COPING - 0.06) {
    vec3 wall = masonry(p);
    // The gauge's well throws a shadow; so does the staff.
    wall *= 1.0 - 0.55 * inside(max(abs(p.x + 0.292) - 0.040, p.y - 0.47), 0.016);
    wall *= 1.0 - 0.5 * smoothstep(0.09, 0.0, COPING - 0.06 - p.y);
    colour = mix(colour, wall, inside(end, 0.003 + 0.004 * fbm(vec2(p.y * 40.0, 1.0))));
  }
  float joint = abs(fract((p.x + 0.13) / 0.41) - 0.5) * 0.41;
  vec3 cap = vec3(0.36, 0.285, 0.225) * (0.72 + 0.5 * fbm(p * 30.0)) * (0.50 + 0.75 * smoothstep(-1.4, 0.4, p.x));
  cap = mix(cap, vec3(0.95, 0.60, 0.34) * 0.72, 0.75 * smoothstep(COPING - 0.016, COPING + 0.003, p.y));
  cap *= 1.0 - 0.6 * inside(0.202 - joint, 0.002) * step(0.2, joint);
  colour = mix(colour, cap, inside(coping, 0.0018));
  vec4 s = staff(p);
  return mix(colour, s.rgb, s.a * step(p.y, 0.48));
}

vec3 draw(vec2 p) {
  p = p * 0.98 + vec2(-0.08, 0.0);
  if (p.y > WATER) return above(p) * 0.98;
  float depth = WATER - p.y;
  vec2 w = vec2(p.x * 2.2, depth * 9.0) / (0.55 + 0.9 * depth);
  float e = 0.02;
  float h0 = fbm(w * 2.4) + 0.4 * noise(w * 0.9);
  vec2 slope = vec2(fbm((w + vec2(e, 0)) * 2.4) + 0.4 * noise((w + vec2(e, 0)) * 0.9) - h0, fbm((w + vec2(0, e)) * 2.4) + 0.4 * noise((w + vec2(0, e)) * 0.9) - h0) / e;
  vec3 sum = vec3(0.0);
  for (int i = 0; i < 6; i++) {
    float t = (float(i) + hash(p * 517.0 + float(i))) / 6.0 - 0.4;
    vec2 lean = slope * vec2(0.012, 0.040) * (0.45 + depth) + vec2(0.0, t * 0.10 * depth);
    sum += above(vec2(p.x + lean.x, max(2.0 * WATER - p.y + lean.y, WATER + 0.001)));
  }
  sum /= 6.0;
  vec3 water = vec3(0.012, 0.014, 0.013) + sum * mix(0.80, 0.45, smoothstep(0.0, 0.5, depth)) * vec3(0.92, 0.90, 0.95);
  water += vec3(0.55, 0.30, 0.16) * 0.25 * smoothstep(0.2, 1.0, slope.y * 0.4) * smoothstep(-0.2, 0.9, p.x);
  // A dark, broken line where the water meets the stones.
  water *= 1.0 - 0.55 * exp(-depth * 70.0) * step(p.x, wall_end(WATER));
  return water * 0.98;
}
