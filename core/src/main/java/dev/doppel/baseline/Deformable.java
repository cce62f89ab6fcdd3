package dev.doppel.baseline;

import dev.doppel.eval.Matcher;
import dev.doppel.image.Image;
import java.util.List;

/**
 * How well one image's strokes can be bent smoothly onto another's, and how far they must be bent:
 * nearest neighbours that forgive the hand, after elastic registration (Bajcsy and Kovačič 1989).
 *
 * <p>Each image A, moved and scaled to one place and size, is three planes: ink, and ink times the
 * cosine and sine of twice its direction. A displacement u of the pixels p, given at 7 × 7 control
 * points and bilinear between, is sought that makes small
 *
 * <pre>
 * E(u) = Σₚ |B(p + u(p)) − A(p)|² + λ C(u)
 * C(u) = ∫ u²ₓₓ + 2 u²ₓᵧ + u²ᵧᵧ + μ (u²ₓ + u²ᵧ)
 * </pre>
 *
 * <p>by Gauss and Newton's steps, at three blurs, the widest first, with a λ for each. Shifts cost
 * nothing, shears and scales little, bends more. Then
 *
 * <pre>
 * d(A, B) = (Σₚ |B(p + u(p)) − A(p)|² + 4 λ C(u)) / (Σₚ |A(p)|² + Σₚ |B(p + u(p))|²)
 * score   = −(d(A, B) + d(B, A)) / 2
 * </pre>
 *
 * <p>0 for equal images, and negative for others. All of its numbers were chosen on the ten
 * evaluation alphabets that are not in Lake's runs. Deterministic, symmetric and thread-safe.
 * Images may differ in size; none may be blank.
 */
public record Deformable() implements Matcher {

  private static final int SIDE = 32;
  private static final int POINTS = 7;
  private static final double STRETCH = 0.05;
  private static final List<Double> BLURS = List.of(3.0, 1.5, 1.0);
  private static final List<Double> STIFFNESS = List.of(3.0, 1.0, 0.3);
  private static final int STEPS = 5;

  /** Bending tells more against two images being the same than it should hinder the fit. */
  private static final double PRICE = 4;

  private static final ControlGrid GRID = new ControlGrid(SIDE, POINTS, STRETCH);

  @Override
  public String name() {
    return "deformable";
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.doppel.error.DataException if an image is blank
   */
  @Override
  public Comparison over(List<Image> images) {
    List<List<BlurredStrokes>> strokes = images.parallelStream().map(Deformable::strokes).toList();
    return (first, second) -> {
      List<StrokeField> a = fields(strokes.get(first));
      List<StrokeField> b = fields(strokes.get(second));
      return -(distance(a, b) + distance(b, a)) / 2;
    };
  }

  private static List<BlurredStrokes> strokes(Image image) {
    StrokePlanes planes = StrokePlanes.of(image, 2 * SIDE);
    return BLURS.stream().map(blur -> BlurredStrokes.of(planes, SIDE, blur)).toList();
  }

  private static List<StrokeField> fields(List<BlurredStrokes> strokes) {
    return strokes.stream().map(StrokeField::new).toList();
  }

  private static double distance(List<StrokeField> still, List<StrokeField> moving) {
    return new ElasticFit(GRID).distance(still, moving, STIFFNESS, STEPS, PRICE);
  }
}
