// What every picture is drawn with: chance that is the same each time, and
// shapes with soft edges.

float hash(vec2 p) {
  vec3 q = fract(vec3(p.xyx) * 0.1031);
  q += dot(q, q.yzx + 33.33);
  return fract((q.x + q.y) * q.z);
}

vec2 hash2(vec2 p) { return vec2(hash(p), hash(p + 71.7)); }

float noise(vec2 p) {
  vec2 i = floor(p), f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}

float fbm(vec2 p) {
  float sum = 0.0, size = 0.5;
  for (int i = 0; i < 6; i++) {
    sum += size * noise(p);
    p = mat2(1.6, 1.2, -1.2, 1.6) * p + 17.3;
    size *= 0.5;
  }
  return sum;
}

// 1 inside of a distance, 0 outside, over a soft edge.
float inside(float d, float soft) { return 1.0 - smoothstep(-soft, soft, d); }

float box(vec2 p, vec2 half_size) {
  vec2 d = abs(p) - half_size;
  return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0);
}

float line(vec2 p, vec2 a, vec2 b) {
  vec2 pa = p - a, ba = b - a;
  return length(pa - ba * clamp(dot(pa, ba) / dot(ba, ba), 0.0, 1.0));
}

// Light of a lamp that seems larger the brighter it is.
float glow(vec2 p, float size) { return size * size / (dot(p, p) + size * size * 0.12); }

// What film makes of light: highlights roll off, and nothing is darker than black.
vec3 film(vec3 colour) {
  colour = max(colour, 0.0);
  colour = colour * (2.51 * colour + 0.03) / (colour * (2.43 * colour + 0.59) + 0.14);
  return pow(clamp(colour, 0.0, 1.0), vec3(1.0 / 2.2));
}
