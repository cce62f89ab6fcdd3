package dev.doppel.server.embed;

/** Is told what the encoder does, to count it; quick, and called from many threads. */
public interface EmbedWatch {

  /** A batch of so many images begins. */
  void batch(int images);

  /** A request was refused because too much waited, or it waited too long. */
  void refused();

  /** Counts nothing. */
  static EmbedWatch none() {
    return new EmbedWatch() {
      @Override
      public void batch(int images) {}

      @Override
      public void refused() {}
    };
  }
}
