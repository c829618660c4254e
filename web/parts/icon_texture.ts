import { type Texture, TEXTURE_SIZE } from "../render/texture.ts";

/** An icon as a figure for the first-person view: bone-coloured, dark outline, a warm rim from the torch. */
export function iconTexture(path: string | undefined): Texture | undefined {
  if (path === undefined) return undefined;
  const canvas = document.createElement("canvas");
  canvas.width = TEXTURE_SIZE;
  canvas.height = TEXTURE_SIZE;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) return undefined;
  const shape = new Path2D(path);
  const scale = (TEXTURE_SIZE - 4) / 512;
  context.setTransform(scale, 0, 0, scale, 2, 3);
  context.lineJoin = "round";
  context.strokeStyle = "#120c08";
  context.lineWidth = 38;
  context.stroke(shape);
  const body = context.createLinearGradient(0, 0, 0, 512);
  body.addColorStop(0, "#e8d6b4");
  body.addColorStop(0.55, "#a98f6c");
  body.addColorStop(1, "#54432f");
  context.fillStyle = body;
  context.fill(shape);
  context.strokeStyle = "#ffd98a";
  context.lineWidth = 7;
  context.stroke(shape);
  const { data } = context.getImageData(0, 0, TEXTURE_SIZE, TEXTURE_SIZE);
  return new Uint32Array(data.buffer.slice(0));
}
