package dev.doppel.server.api;

import dev.doppel.Answer;
import dev.doppel.Question;
import dev.doppel.Recognizer;
import dev.doppel.Verdict;
import dev.doppel.error.DataException;
import dev.doppel.gallery.Filter;
import dev.doppel.model.Twin;
import dev.doppel.server.embed.Pictures;
import dev.doppel.server.error.Refusal;
import dev.doppel.server.guard.Scope;
import dev.doppel.server.http.Answering;
import dev.doppel.server.http.Asked;
import dev.doppel.server.http.Exchange;
import dev.doppel.server.http.JsonBody.Kind;
import dev.doppel.server.http.Reply;
import dev.doppel.server.http.Route;
import dev.doppel.server.store.Shelf;
import java.util.List;
import java.util.Map;

/** Questions: which enrolled thing is it, is it that one, are two the same? */
final class AskCalls {

  private final Twin twin;
  private final Shelf shelf;
  private final Pictures pictures;

  AskCalls(Twin twin, Shelf shelf, Pictures pictures) {
    this.twin = twin;
    this.shelf = shelf;
    this.pictures = pictures;
  }

  List<Route> routes() {
    return List.of(
        Route.scoped(Scope.READ, "POST", "/v1/galleries/{gallery}/identify", this::identify)
            .withQuery("top", "falseAccepts", "meta.*")
            .withFields(
                Map.of(
                    "image", Kind.IMAGE,
                    "images", Kind.IMAGES,
                    "top", Kind.WHOLE,
                    "falseAccepts", Kind.NUMBER,
                    "filter", Kind.TEXTS))
            .withPicture()
            .withPrompt(this::identifyAtOnce),
        Route.scoped(Scope.READ, "POST", "/v1/galleries/{gallery}/verify", this::verify)
            .withQuery("label")
            .withFields(Map.of("image", Kind.IMAGE, "label", Kind.TEXT))
            .withPicture(),
        Route.scoped(Scope.READ, "POST", "/v1/verify", this::verifyTwo)
            .withFields(Map.of("first", Kind.IMAGE, "second", Kind.IMAGE)));
  }

  private boolean identifyAtOnce(Exchange exchange, Answering to) {
    long begin = System.nanoTime();
    String gallery = exchange.gallery();
    byte[] picture = exchange.picture();
    if (picture == null || !shelf.isOpen(gallery)) {
      return false;
    }
    Question question = question(exchange.asked());
    return pictures.embedAtOnce(
        picture,
        exchange.deadline(),
        row -> {
          Reply reply;
          try {
            Answer answer = shelf.with(gallery, recognizer -> answer(recognizer, row, question));
            reply = Reply.json(json -> Shown.answer(json, answer, System.nanoTime() - begin));
          } catch (RuntimeException e) {
            to.fail(e);
            return;
          } catch (Error e) { // out of memory, say: the request must end all the same
            to.fail(new IllegalStateException("answering failed", e));
            return;
          }
          to.reply(reply);
        },
        to::fail);
  }

  private Reply identify(Exchange exchange) {
    long begin = System.nanoTime();
    String gallery = exchange.gallery();
    Question question = question(exchange.asked());
    shelf.with(gallery, recognizer -> recognizer.gallery().name()); // before the work: is it there?
    boolean several = exchange.json().flatMap(json -> json.images("images")).isPresent();
    List<byte[]> files = Posted.pictures(exchange, "image", "images");
    if (files.isEmpty() || (several && files.size() > 1 && hasBoth(exchange))) {
      throw Refusal.malformed(
          files.isEmpty() ? "No image" : "Both image and images",
          "One picture, or a list of them",
          "Send one of both");
    }
    List<float[]> rows = pictures.embed(files, exchange.deadline());
    List<Answer> answers =
        shelf.with(
            gallery,
            recognizer -> rows.stream().map(row -> answer(recognizer, row, question)).toList());
    long nanos = System.nanoTime() - begin;
    return Reply.json(
        json -> {
          if (!several) {
            Shown.answer(json, answers.get(0), nanos);
            return;
          }
          json.writeStartObject();
          json.writeArrayFieldStart("answers");
          for (Answer answer : answers) {
            Shown.answer(json, answer, nanos);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static boolean hasBoth(Exchange exchange) {
    return exchange.json().flatMap(json -> json.image("image")).isPresent();
  }

  private static Question question(Asked asked) {
    Question standard = Question.standard();
    return new Question(
        (int) asked.whole("top", standard.top(), 1, 1000),
        new Filter(asked.texts("filter")),
        asked.number("falseAccepts").orElse(standard.falseAccepts()));
  }

  private static Answer answer(Recognizer recognizer, float[] row, Question question) {
    try {
      return recognizer.identify(row, question);
    } catch (DataException e) {
      String code = question.filter().isNone() ? "empty_gallery" : "nothing_passes";
      throw new Refusal(409, code, e.given(), e.allowed(), e.next());
    }
  }

  private Reply verify(Exchange exchange) {
    String gallery = exchange.gallery();
    String label = exchange.asked().required("label");
    List<byte[]> files = Posted.pictures(exchange, "image");
    if (files.isEmpty()) {
      throw Refusal.malformed("No image", "One is compared", "Send one");
    }
    shelf.with(
        gallery,
        recognizer -> {
          LabelCalls.require(recognizer.gallery(), label);
          return label;
        });
    float[] row = pictures.embed(files.get(0), exchange.deadline());
    Verdict verdict =
        shelf.with(
            gallery,
            recognizer -> {
              LabelCalls.require(recognizer.gallery(), label);
              return recognizer.verify(row, label);
            });
    return reply(verdict);
  }

  private Reply verifyTwo(Exchange exchange) {
    List<byte[]> files = Posted.pictures(exchange, "first", "second");
    if (files.size() != 2) {
      throw Refusal.malformed("Not two images", "first and second are compared", "Send both");
    }
    List<float[]> rows = pictures.embed(files, exchange.deadline());
    return reply(new Recognizer(twin).verify(rows.get(0), rows.get(1)));
  }

  private Reply reply(Verdict verdict) {
    double threshold = twin.calibration().threshold();
    return Reply.json(json -> Shown.verdict(json, verdict, threshold));
  }
}
