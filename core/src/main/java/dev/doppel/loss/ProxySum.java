package dev.doppel.loss;

import dev.doppel.model.Embeddings;

/** What the losses with proxies share: checks before, gradients and checks after. */
final class ProxySum {

  final CrossScores scores;
  private final String name;

  ProxySum(ProxyLoss loss, Embeddings embeddings, int[] labels, Embeddings proxies) {
    this.name = loss.name();
    Refusals.undefinedRows(name, "a batch", embeddings);
    Refusals.undefinedRows(name, "proxies", proxies);
    Refusals.empty(name, embeddings.count() == 0, WhenEmpty.REFUSE);
    if (labels.length != embeddings.count()) {
      throw new IllegalArgumentException(
          labels.length + " labels for " + embeddings.count() + " embeddings");
    }
    for (int label : labels) {
      if (label < 0 || label >= proxies.count()) {
        throw new IllegalArgumentException(
            "label " + label + " has no row among " + proxies.count() + " proxies");
      }
    }
    this.scores = new CrossScores(loss.measure(), embeddings, proxies);
  }

  ProxyLoss.ProxyResult result(double value, double scale, Counts counts, double atCollapse) {
    CrossScores.Gradients gradients = scores.gradients(scale);
    Refusals.undefined(name, value, gradients.left(), gradients.right());
    return new ProxyLoss.ProxyResult(
        new LossResult(value, gradients.left(), counts, atCollapse), gradients.right());
  }
}
