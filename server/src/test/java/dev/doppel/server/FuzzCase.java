package dev.doppel.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.doppel.random.Draws;
import dev.doppel.random.Seed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * One hostile request, the same each time for its number.
 *
 * @param kind what is wrong with it
 * @param request the bytes that are sent
 * @param http whether it is whole HTTP, so that there must be an answer
 */
record FuzzCase(String kind, byte[] request, boolean http) {

  private static final String[] NASTY = {
    "../../etc/passwd",
    "..\\..\\x",
    "%2e%2e%2f",
    "a\u0000b",
    "\u202Egnp.exe",
    "\uD800",
    "\uFEFF",
    " ",
    "",
    "\r\nSet-Cookie: a=b",
    "<script>alert(1)</script>",
    "'; DROP TABLE items;--",
    "CON",
    "a/b",
    "a;b=c",
    "\u0001",
    "\uFFFF",
    "x".repeat(255),
    "x".repeat(257),
    "x".repeat(5000),
    "\uD83D\uDE00".repeat(128),
    "{{7*7}}",
    "${jndi:ldap://x}",
    "%s%n%x",
    "NaN",
    "-0",
    "null"
  };

  private static final String[] TYPES = {
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/bmp",
    "image/x-portable-graymap",
    "application/octet-stream",
    "application/json",
    "text/plain",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded",
    "image/svg+xml",
    "image/tiff",
    "a",
    "",
    "application/json;;;"
  };

  private static final List<byte[]> PICTURES = pictures();

  private static List<byte[]> pictures() {
    List<byte[]> all = new ArrayList<>();
    for (int type :
        new int[] {
          BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB
        }) {
      BufferedImage picture = new BufferedImage(40, 30, type);
      for (int i = 0; i < 400; i++) {
        picture.setRGB((i * 7) % 40, (i * 11) % 30, i * 0x010203);
      }
      for (String format : new String[] {"png", "jpg", "gif", "bmp"}) {
        byte[] file = ToyTwin.file(picture, format);
        if (file.length > 0) {
          all.add(file);
        }
      }
    }
    all.add(("P5\n4 4 255\n" + "x".repeat(16)).getBytes(ISO_8859_1));
    all.add("P2\n2 2 15\n0 5 10 15\n".getBytes(ISO_8859_1));
    all.add(ToyTwin.png(1));
    return all;
  }

  static FuzzCase of(int number) {
    Draws draws = Seed.of(17).at(number).draws();
    return switch (number % 8) {
      case 0, 1 -> post("mutated picture", draws, mutated(draws, any(draws)));
      case 2 -> post("bomb", draws, bomb(draws));
      case 3 -> json("json", draws, hostileJson(draws));
      case 4 -> json("mutated json", draws, mutated(draws, goodJson(draws).getBytes(UTF_8)));
      case 5 -> path(draws);
      case 6 -> type(draws);
      default -> broken(draws);
    };
  }

  private static byte[] any(Draws draws) {
    return PICTURES.get(draws.below(PICTURES.size()));
  }

  private static byte[] mutated(Draws draws, byte[] good) {
    byte[] file = good.clone();
    switch (draws.below(4)) {
      case 0 -> file = Arrays.copyOf(file, draws.below(file.length + 1));
      case 1 -> file = Arrays.copyOf(file, file.length + draws.below(2000));
      case 2 -> {
        int from = draws.below(file.length);
        int length = draws.below(file.length - from);
        System.arraycopy(good, draws.below(file.length - length), file, from, length);
      }
      default -> {
        // Flips below decide.
      }
    }
    int flips = draws.below(8);
    for (int i = 0; i < flips && file.length > 0; i++) {
      file[draws.below(Math.min(file.length, draws.chance(0.5) ? 64 : file.length))] =
          (byte) draws.below(256);
    }
    if (draws.chance(0.5)) {
      repairChecksums(file);
    }
    return file;
  }

  /** Makes a mutated PNG get past its checksums, to what lies behind them. */
  private static void repairChecksums(byte[] file) {
    if (file.length < 8 || file[1] != 'P' || file[2] != 'N') {
      return;
    }
    int at = 8;
    while (at + 12 <= file.length) {
      int length = number(file, at);
      if (length < 0 || length > file.length - at - 12) {
        return;
      }
      CRC32 crc = new CRC32();
      crc.update(file, at + 4, length + 4);
      put(file, at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
  }

  private static int number(byte[] file, int at) {
    return (file[at] & 0xFF) << 24
        | (file[at + 1] & 0xFF) << 16
        | (file[at + 2] & 0xFF) << 8
        | (file[at + 3] & 0xFF);
  }

  private static void put(byte[] file, int at, int value) {
    for (int i = 0; i < 4; i++) {
      file[at + i] = (byte) (value >> (24 - 8 * i));
    }
  }

  private static final int[] SIDES = {50_000, 4000, 3999, 65_535, Integer.MAX_VALUE, -1, 0, 20_000};

  /** A small file that claims a huge picture. */
  private static byte[] bomb(Draws draws) {
    byte[] file = any(draws).clone();
    int width = SIDES[draws.below(SIDES.length)];
    int height = SIDES[draws.below(SIDES.length)];
    if (file[0] == (byte) 0x89) {
      put(file, 16, width);
      put(file, 20, height);
      file[24] = new byte[] {1, 2, 4, 8, 16}[draws.below(5)];
      file[25] = new byte[] {0, 2, 3, 4, 6}[draws.below(5)];
      file[28] = (byte) draws.below(2);
      repairChecksums(file);
    } else if (file[0] == 'G') {
      for (int at : new int[] {6, 8}) {
        file[at] = (byte) width;
        file[at + 1] = (byte) (width >> 8);
      }
      for (int i = 13; i + 9 < file.length; i++) {
        if (file[i] == ',' && draws.chance(0.5)) {
          Arrays.fill(file, i + 5, i + 9, (byte) 0xFF);
          break;
        }
      }
    } else if (file[0] == 'B') {
      put(file, 18, Integer.reverseBytes(width));
      put(file, 22, Integer.reverseBytes(height));
      file[30] = (byte) draws.below(8);
      if (draws.chance(0.3)) {
        put(file, 46, Integer.reverseBytes(width)); // colours
      }
    } else if (file[0] == 'P') {
      file =
          "P%d\n%d %d %d\n1"
              .formatted(draws.chance(0.5) ? 2 : 5, width, height, width)
              .getBytes(ISO_8859_1);
    } else {
      for (int i = 2; i + 9 < file.length; i++) {
        if (file[i] == (byte) 0xFF && (file[i + 1] == (byte) 0xC0 || file[i + 1] == (byte) 0xC2)) {
          Arrays.fill(file, i + 5, i + 9, draws.chance(0.5) ? (byte) 0xFF : (byte) 0x0F);
          break;
        }
      }
    }
    return file;
  }

  private static String goodJson(Draws draws) {
    String image = Base64.getEncoder().encodeToString(any(draws));
    return "{\"images\":[\""
        + image
        + "\",\""
        + image
        + "\"],\"top\":3,\"falseAccepts\":0.01,\"filter\":{\"a\":\"b\"}}";
  }

  private static byte[] hostileJson(Draws draws) {
    String image = Base64.getEncoder().encodeToString(any(draws));
    String text =
        switch (draws.below(18)) {
          case 0 -> "[".repeat(100_000);
          case 1 -> "{\"filter\":" + "{\"a\":".repeat(50_000);
          case 2 -> "{\"top\":" + "9".repeat(50_000) + "}";
          case 3 -> "{\"falseAccepts\":1e" + "9".repeat(30) + ",\"image\":\"" + image + "\"}";
          case 4 -> "{\"image\":\"" + image + "\",\"image\":\"" + image + "\"}";
          case 5 -> "{\"image\":{},\"top\":[]}";
          case 6 -> "{\"images\":\"" + image + "\"}";
          case 7 -> "{\"images\":[" + "\"\",".repeat(70) + "\"\"]}";
          case 8 -> "{\"images\":[null,1,true]}";
          case 9 -> "{\"image\":\"!!!not base64!!!\"}";
          case 10 -> "{\"image\":\"" + image + "\",\"top\":1.5}";
          case 11 -> "{\"image\":\"" + image + "\",\"top\":-1}";
          case 12 -> "{\"image\":\"" + image + "\"} {}";
          case 13 ->
              "{\"image\":\"" + image + "\",\"filter\":{\"" + "k".repeat(10_000) + "\":\"\"}}";
          case 14 -> "\u0000{}";
          case 15 -> "{\"" + NASTY[draws.below(NASTY.length)].replace("\"", "") + "\":1}";
          case 16 -> "null";
          default -> "{\"image\":\"" + "A".repeat(200_000) + "\",\"falseAccepts\":\"x\"}";
        };
    byte[] bytes = text.getBytes(UTF_8);
    if (draws.chance(0.2)) {
      bytes[draws.below(bytes.length)] = (byte) (0x80 + draws.below(128)); // no UTF-8
    }
    return draws.chance(0.1) ? text.getBytes(java.nio.charset.StandardCharsets.UTF_16) : bytes;
  }

  private static FuzzCase post(String kind, Draws draws, byte[] body) {
    String path =
        switch (draws.below(6)) {
          case 0 -> "/v1/galleries/main/items?label=fuzz";
          case 1 -> "/v1/galleries/main/verify?label=known";
          default -> "/v1/galleries/main/identify?top=2";
        };
    return whole(kind, "POST", path, "image/png", body);
  }

  private static FuzzCase json(String kind, Draws draws, byte[] body) {
    String[] calls = {
      "POST /v1/galleries/main/identify", "POST /v1/galleries/main/items", "POST /v1/verify",
      "POST /v1/galleries/main/verify", "POST /v1/galleries",
          "PATCH /v1/galleries/main/labels?label=known"
    };
    String[] call = calls[draws.below(draws.chance(0.6) ? 1 : calls.length)].split(" ", 2);
    return whole(kind, call[0], call[1], "application/json", body);
  }

  private static FuzzCase type(Draws draws) {
    return whole(
        "type",
        "POST",
        "/v1/galleries/main/identify",
        TYPES[draws.below(TYPES.length)],
        draws.chance(0.5) ? any(draws) : goodJson(draws).getBytes(UTF_8));
  }

  private static FuzzCase path(Draws draws) {
    String nasty = NASTY[draws.below(NASTY.length)];
    String encoded =
        draws.chance(0.7)
            ? URLEncoder.encode(nasty, UTF_8).replace("+", "%20")
            : nasty.replaceAll("[\\s\\x00]", "_");
    String[] calls = {
      "GET /v1/galleries/" + encoded,
      "POST /v1/galleries/" + encoded + "/identify",
      "DELETE /v1/galleries/" + encoded + "?confirm=" + encoded,
      "GET /v1/galleries/main/items/" + encoded,
      "GET /v1/galleries/main/items/" + encoded + "/image",
      "POST /v1/galleries/main/items?label=" + encoded,
      "POST /v1/galleries/main/items?label=fuzz&meta." + encoded + "=" + encoded,
      "GET /v1/galleries/main/labels?after=" + encoded + "&limit=" + encoded,
      "DELETE /v1/galleries/main/labels?label=fuzz" + encoded,
      "GET /page/" + encoded,
      "GET /" + encoded,
      "GET /v1/galleries/main/map?limit=" + encoded,
      "GET /v1/model?" + encoded
    };
    String[] call = calls[draws.below(calls.length)].split(" ", 2);
    return whole(
        "path", call[0], call[1], "image/png", call[0].equals("POST") ? any(draws) : new byte[0]);
  }

  private static FuzzCase whole(String kind, String method, String path, String type, byte[] body) {
    String head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: %s\r\n%s\r\n"
            .formatted(
                method,
                path,
                type,
                body.length == 0 && !method.equals("POST")
                    ? ""
                    : "Content-Length: " + body.length + "\r\n");
    return new FuzzCase(kind, joined(head.getBytes(UTF_8), body), true);
  }

  private static byte[] joined(byte[] head, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head);
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static FuzzCase broken(Draws draws) {
    String post =
        "POST /v1/galleries/main/identify HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: image/png\r\n";
    String chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    String text =
        switch (draws.below(24)) {
          case 0 -> "";
          case 1 -> "GET";
          case 2 -> "GET / HTTP/1.1\r\nHost: loc";
          case 3 -> post + "Content-Length: 1000\r\n\r\nshort";
          case 4 -> post + "Content-Length: -1\r\n\r\n";
          case 5 -> post + "Content-Length: 99999999999999999999\r\n\r\n";
          case 6 -> post + "Content-Length: 9000000\r\n\r\n";
          case 7 -> post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab";
          case 8 -> post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
          case 9 -> chunked + "zz\r\nabc\r\n0\r\n\r\n";
          case 10 -> chunked + "5\r\nabc";
          case 11 -> chunked + "FFFFFFFFFFFFFFFF\r\nabc";
          case 12 -> chunked + "1;" + "x".repeat(20_000) + "\r\na\r\n0\r\n\r\n";
          case 13 -> chunked + "1\r\na\r\n".repeat(2000) + "0\r\n\r\n";
          case 14 -> "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "y".repeat(20_000) + "\r\n\r\n";
          case 15 -> "GET /" + "z".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
          case 16 -> "GET / HTTP/1.1\r\nHost: localhost\r\n" + "A: b\r\n".repeat(3000) + "\r\n";
          case 17 -> "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n";
          case 18 -> "\u0016\u0003\u0001\u0002\u0000\u0001";
          case 19 ->
              "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
          case 20 -> "GET / HTTP/1.1\r\n\r\n";
          case 21 -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
          case 22 -> "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\nConnection: close\r\n\r\n";
          default -> "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        };
    byte[] bytes = text.getBytes(ISO_8859_1);
    if (draws.chance(0.3) && bytes.length > 0) {
      bytes[draws.below(bytes.length)] = (byte) draws.below(256);
    }
    return new FuzzCase("broken", bytes, false);
  }
}
