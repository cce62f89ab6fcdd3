/** Ink on a sheet: strokes as lists of points, both coordinates 0 to 1, y downwards. */

/** The pen's width on a sheet of side 1, as in Omniglot: 5 pixels of 105. */
export const PEN = 5 / 105;

/** The side of a picture that is sent: twice Omniglot's, so that it is also good to look at. */
export const SIDE = 210;

/** Draws strokes on a white sheet of some pixels a side. */
export function drawSheet(context, strokes, side) {
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
  context.strokeStyle = '#000';
  context.fillStyle = '#000';
  context.lineWidth = PEN * side;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) drawStroke(context, stroke, side);
}

/** A stroke runs through the middles between its points, bent by the points themselves. */
function drawStroke(context, stroke, side) {
  const at = (i) => stroke[i].map((each) => each * side);
  const [x, y] = at(0);
  context.beginPath();
  if (stroke.length === 1) {
    context.arc(x, y, context.lineWidth / 2, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  context.moveTo(x, y);
  for (let i = 1; i < stroke.length - 1; i++) {
    const [a, b] = at(i);
    const [c, d] = at(i + 1);
    context.quadraticCurveTo(a, b, (a + c) / 2, (b + d) / 2);
  }
  context.lineTo(...at(stroke.length - 1));
  context.stroke();
}

/** The strokes as a canvas. */
export function sheet(strokes, side = SIDE) {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  drawSheet(canvas.getContext('2d'), strokes, side);
  return canvas;
}

/** The strokes as a PNG, black on white. */
export function png(strokes) {
  return blobOf(sheet(strokes), 'image/png');
}

/** What a canvas shows, as a picture file. */
export function blobOf(canvas, type, quality) {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture of the sheet'))),
        type, quality);
  });
}
