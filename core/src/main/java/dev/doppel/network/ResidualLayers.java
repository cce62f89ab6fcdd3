package dev.doppel.network;

import java.util.function.UnaryOperator;

/** What residual encoders are made of (He et al. 2016). */
final class ResidualLayers {

  private ResidualLayers() {}

  /** A convolution and its batch norm. */
  static <T> T normalised(Operators<T> net, String name, T x, Conv conv) {
    return net.batchNorm(name + ".norm", net.conv(name, x, conv));
  }

  /** Two 3×3 convolutions and a 1×1 shortcut past them. */
  static <T> T block(Operators<T> net, String name, T x, int filters, int stride) {
    return block(net, name, x, filters, stride, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param last what becomes of the body before it meets the shortcut
   */
  static <T> T block(
      Operators<T> net, String name, T x, int filters, int stride, UnaryOperator<T> last) {
    T body = net.relu(normalised(net, name + ".a", x, Conv.same(filters, 3).withStride(stride)));
    body = last.apply(normalised(net, name + ".b", body, Conv.same(filters, 3)));
    T shortcut = normalised(net, name + ".shortcut", x, Conv.same(filters, 1).withStride(stride));
    return net.relu(net.add(body, shortcut));
  }

  /** Two 3×3 convolutions and their input itself, where neither side nor filters change. */
  static <T> T keeping(Operators<T> net, String name, T x, int filters) {
    T body = net.relu(normalised(net, name + ".a", x, Conv.same(filters, 3)));
    return net.relu(net.add(normalised(net, name + ".b", body, Conv.same(filters, 3)), x));
  }

  /** From features to the embedding: unit vectors. */
  static <T> T embedding(Operators<T> net, T features, int dim) {
    // Centred, or all embeddings would begin in one narrow cone and take long to leave it.
    return net.unitLength(net.batchNorm("embedding.norm", net.dense("embedding", features, dim)));
  }
}
