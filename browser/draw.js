// Draws the pictures of the demonstration that aren't drawings: each is a
// shader of our own in demo/drawn. Not a test; the results are committed.
//
//   node browser/draw.js lido demo/content/pictures/lido.jpg [QUALITY]

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const FOLDER = new URL('../demo/drawn/', import.meta.url);

/** As a good camera's pictures are handed in. */
const WIDTH = 2400;
const HEIGHT = 1500;

/** Drawn a part at a time: without a graphics card one takes a second. */
const TILE = 200;

const [name, out, quality = '0.74'] = process.argv.slice(2);
if (!name || !out) {
  console.error('say which picture, and into which file: node draw.js NAME FILE [QUALITY]');
  process.exit(2);
}

const text = (file) => readFile(fileURLToPath(new URL(file, FOLDER)), 'utf8');
const shapes = `#version 300 es
void main() { vec2 v = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2); gl_Position = vec4(v * 2.0 - 1.0, 0, 1); }`;
const colours = `#version 300 es
precision highp float;
uniform vec2 size;
out vec4 result;
${await text('common.glsl')}
${await text(`${name}.frag`)}
void main() {
  vec2 at = (gl_FragCoord.xy - 0.5 * size) / size.y * 2.0;
  result = vec4(film(draw(at)), 1.0);
}`;

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
try {
  const page = await browser.newPage();
  const drawn = await page.evaluate(
    async ({ shapes, colours, width, height, tile, quality }) => {
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      const gl = canvas.getContext('webgl2', { preserveDrawingBuffer: true });
      const program = gl.createProgram();
      for (const [kind, source] of [[gl.VERTEX_SHADER, shapes], [gl.FRAGMENT_SHADER, colours]]) {
        const shader = gl.createShader(kind);
        gl.shaderSource(shader, source);
        gl.compileShader(shader);
        if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
        gl.attachShader(program, shader);
      }
      gl.linkProgram(program);
      gl.useProgram(program);
      gl.uniform2f(gl.getUniformLocation(program, 'size'), width, height);
      gl.enable(gl.SCISSOR_TEST);
      for (let y = 0; y < height; y += tile) {
        for (let x = 0; x < width; x += tile) {
          gl.scissor(x, y, tile, tile);
          gl.drawArrays(gl.TRIANGLES, 0, 3);
          gl.finish();
          await new Promise((resolve) => setTimeout(resolve));
        }
      }
      return canvas.toDataURL('image/jpeg', quality).split(',')[1];
    },
    { shapes, colours, width: WIDTH, height: HEIGHT, tile: TILE, quality: Number(quality) },
  );
  await writeFile(out, Buffer.from(drawn, 'base64'));
} finally {
  await browser.close();
}
