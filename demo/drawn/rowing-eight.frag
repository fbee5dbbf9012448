// A racing eight from straight above, with its shadow and the rings of its blades.

float waves(vec2 p) {
  float sum = 0.55 * noise(p * vec2(5.0, 9.0)) + 0.30 * noise(p * vec2(13.0, 17.0) + 4.0) + 0.16 * fbm(p * 34.0);
  return sum + 0.4 * noise(p * 1.6);
}

// Across the picture from the lower left to the upper right.
vec2 along(vec2 p) {
  float a = 0.30;
  return mat2(cos(a), sin(a), -sin(a), cos(a)) * p;
}

float hull(vec2 q) {
  float half_width = 0.020 * pow(max(0.0, 1.0 - pow(abs(q.x) / 1.06, 2.4)), 0.8);
  return max(abs(q.y) - half_width, abs(q.x) - 1.06);
}

// Shell, crew and oars: the distance to the nearest, for a shadow.
float all_of_it(vec2 q) {
  float d = hull(q);
  for (int i = 0; i < 8; i++) {
    float x = -0.60 + 0.165 * float(i);
    float s = mod(float(i), 2.0) < 0.5 ? 1.0 : -1.0;
    d = min(d, box(q - vec2(x, 0.0), vec2(0.030, 0.024)) - 0.012);
    d = min(d, line(q, vec2(x + 0.030, -0.02 * s), vec2(x - 0.155, 0.44 * s)) - 0.0045);
    d = min(d, box(q - vec2(x - 0.165, 0.465 * s), vec2(0.012, 0.036)));
  }
  d = min(d, length(q - vec2(-0.80, 0.0)) - 0.028);
  return d;
}

vec4 crew(vec2 q) {
  vec4 drawn = vec4(0.0);
  float body = hull(q);
  float ridge = smoothstep(-0.02, 0.02, q.y);
  vec3 shell = mix(vec3(0.62, 0.53, 0.36), vec3(0.97, 0.90, 0.74), ridge);
  drawn = mix(drawn, vec4(shell, 1.0), inside(body, 0.0012));
  float deck = max(body + 0.005, abs(q.x) - 0.86);
  drawn = mix(drawn, vec4(vec3(0.16, 0.11, 0.07), 1.0), inside(deck, 0.001));
  // Stripes of the club across the ends.
  float stripe = max(body, min(abs(abs(q.x) - 0.93) - 0.010, abs(abs(q.x) - 0.965) - 0.008));
  drawn = mix(drawn, vec4(0.50, 0.10, 0.07, 1.0), inside(stripe, 0.001));
  for (int i = 0; i < 8; i++) {
    float f = float(i);
    float x = -0.60 + 0.165 * f;
    float s = mod(f, 2.0) < 0.5 ? 1.0 : -1.0;
    float jitter = 0.008 * (hash(vec2(f, 3.0)) - 0.5);
    vec2 c = q - vec2(x + jitter, 0.0);
    // The oar: a shaft, a collar, and a blade that is just being drawn through.
    vec2 grip = vec2(0.034, -0.024 * s), tip = vec2(-0.155, 0.44 * s);
    float t = clamp(dot(c - grip, tip - grip) / dot(tip - grip, tip - grip), 0.0, 1.0);
    float shaft = length(c - mix(grip, tip, t)) - mix(0.0042, 0.0030, t);
    vec3 tone = mix(vec3(0.60, 0.42, 0.20), vec3(0.85, 0.80, 0.70), smoothstep(0.60, 0.62, t));
    drawn = mix(drawn, vec4(tone, 1.0), inside(shaft, 0.001));
    vec2 b = c - (tip + vec2(-0.008, 0.028 * s));
    b = mat2(0.93, -0.36 * s, 0.36 * s, 0.93) * b;
    float blade = box(b, vec2(0.010, 0.034)) - 0.004;
    drawn = mix(drawn, vec4(mix(vec3(0.50, 0.09, 0.06), vec3(0.95, 0.90, 0.80), step(0.0, b.y * s)), 0.92), inside(blade, 0.0012));
    float rig = line(c, vec2(-0.012, 0.0), vec2(-0.028, 0.088 * s)) - 0.0024;
    drawn = mix(drawn, vec4(0.55, 0.55, 0.55, 1.0), inside(rig, 0.001));
    // The rower: shorts, shins, jersey, arms, hair.
    float shin = box(c - vec2(-0.050, 0.0), vec2(0.030, 0.011)) - 0.004;
    drawn = mix(drawn, vec4(vec3(0.50, 0.33, 0.24), 1.0), inside(shin, 0.0012));
    float shoulder = length(c * vec2(1.25, 0.88) - vec2(0.004, 0.0)) - 0.034;
    vec3 jersey = mix(vec3(0.44, 0.075, 0.055), vec3(0.60, 0.13, 0.09), smoothstep(-0.03, 0.03, c.y));
    jersey = mix(jersey, vec3(0.92, 0.88, 0.80), inside(abs(c.x - 0.006) - 0.0055, 0.001));
    drawn = mix(drawn, vec4(jersey, 1.0), inside(shoulder, 0.0012));
    float arm = min(line(c, vec2(-0.002, 0.033), grip + vec2(-0.006, 0.010)), line(c, vec2(-0.002, -0.033), grip)) - 0.0068;
    drawn = mix(drawn, vec4(vec3(0.56, 0.37, 0.27) * (0.8 + 0.4 * hash(vec2(f, 8.0))), 1.0), inside(arm, 0.0012));
    float head = length(c - vec2(0.012, 0.002)) - 0.0145;
    vec3 hair = mix(vec3(0.055, 0.038, 0.028), vec3(0.34, 0.22, 0.11), hash(vec2(f, 5.0)));
    hair *= 0.7 + 0.6 * smoothstep(-0.014, 0.014, c.y - 0.3 * c.x);
    drawn = mix(drawn, vec4(hair, 1.0), inside(head, 0.0012));
  }
  vec2 cox = q - vec2(-0.80, 0.0);
  drawn = mix(drawn, vec4(0.075, 0.095, 0.16, 1.0), inside(length(cox * vec2(1.1, 0.95)) - 0.026, 0.0012));
  drawn = mix(drawn, vec4(0.88, 0.84, 0.74, 1.0), inside(length(cox - vec2(0.004, 0.002)) - 0.0135, 0.0012));
  return drawn;
}

vec3 draw(vec2 p) {
  p *= 0.86;
  vec2 q = along(p) - vec2(0.06, 0.02);
  // How high the water stands, with the wake and the rings.
  float e = 0.004;
  vec2 slope = vec2(waves(p + vec2(e, 0)) - waves(p), waves(p + vec2(0, e)) - waves(p)) / e * 0.011;
  vec3 foam = vec3(0.0);
  for (int stroke = 0; stroke < 4; stroke++) {
    for (int i = 0; i < 8; i++) {
      float f = float(i), age = float(stroke);
      float s = mod(f, 2.0) < 0.5 ? 1.0 : -1.0;
      vec2 at = vec2(-0.60 + 0.165 * f - 0.165 - 0.52 * age - 0.02, 0.465 * s * (1.0 + 0.02 * age));
      vec2 d = q - at;
      float r = length(d);
      float size = 0.020 + 0.075 * age;
      float ring = exp(-pow((r - size) / (0.010 + 0.008 * age), 2.0)) / (1.0 + 1.1 * age);
      slope += normalize(d + 1e-4) * ring * 0.20 * sin((r - size) * 240.0 / (1.0 + age));
      float froth = exp(-pow(r / (0.028 + 0.016 * age), 2.0)) * smoothstep(0.45, 0.75, fbm(p * 55.0 + f)) / (1.0 + 2.5 * age);
      foam += vec3(0.85, 0.88, 0.86) * froth;
    }
  }
  float behind = -q.x - 1.0;
  float wedge = abs(q.y) - 0.30 * max(behind, 0.0) - 0.012;
  slope.y += 0.22 * exp(-pow(wedge / 0.02, 2.0)) * smoothstep(0.0, 0.1, behind) * sign(q.y);
  foam += vec3(0.75) * exp(-pow(q.y / 0.022, 2.0)) * smoothstep(-0.1, 0.05, behind) * exp(-behind * 1.6) * smoothstep(0.35, 0.8, fbm(p * vec2(40.0, 70.0)));
  float side = exp(-pow((abs(q.y) - 0.028) / 0.012, 2.0)) * step(abs(q.x), 1.05);
  foam += vec3(0.35) * side * smoothstep(0.45, 0.8, fbm(p * 70.0));

  // Brown water with blue of the sky on it.
  vec3 deep = mix(vec3(0.055, 0.058, 0.044), vec3(0.090, 0.088, 0.062), fbm(p * 1.4 + 7.0));
  float tilt = dot(slope, vec2(0.55, 0.83));
  vec3 skylight = vec3(0.175, 0.235, 0.300) * (0.55 + 1.9 * clamp(tilt * 2.3 + 0.22, 0.0, 1.4));
  float glitter = pow(clamp(tilt * 2.6 + 0.30, 0.0, 1.0), 9.0);
  vec3 water = deep + skylight * 0.62 + vec3(1.0, 0.90, 0.72) * glitter * 0.75;

  // The sun stands low on the right, so that shadows are long.
  vec2 fall = mat2(cos(0.30), sin(0.30), -sin(0.30), cos(0.30)) * vec2(-0.115, -0.155);
  float shade = 0.0;
  for (int i = 0; i < 6; i++) {
    vec2 off = slope * (0.018 + 0.006 * float(i));
    shade += inside(all_of_it(q - fall + off), 0.010) / 6.0;
  }
  water *= 1.0 - 0.62 * shade;
  water += foam * (1.0 - 0.6 * shade) * 0.8;
  vec4 drawn = crew(q);
  vec3 colour = mix(water, drawn.rgb * vec3(1.06, 1.0, 0.92) * 0.78, drawn.a);
  return colour * (1.0 - 0.22 * smoothstep(0.7, 1.8, length(p)));
}
