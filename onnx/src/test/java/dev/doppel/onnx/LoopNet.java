package dev.doppel.onnx;

import dev.doppel.network.Architecture;
import dev.doppel.network.Conv;
import dev.doppel.network.Operators;
import dev.doppel.network.Weights;
import java.util.function.DoubleUnaryOperator;

/**
 * What an architecture computes, in plain loops over one image: the truth that graphs are held to.
 */
record LoopNet(Weights weights) implements Operators<LoopNet.Value> {

  /** A value of one image; a vector has 1×1 planes. */
  record Value(int channels, int height, int width, float[] values) {
    Value(int channels, int height, int width) {
      this(channels, height, width, new float[channels * height * width]);
    }
  }

  /** The embedding of one image. */
  static float[] embed(Architecture architecture, Weights weights, float[] planes) {
    int side = architecture.inputSide();
    Value image = new Value(architecture.inputChannels(), side, side, planes);
    return architecture.apply(new LoopNet(weights), image).values;
  }

  @Override
  public Value conv(String name, Value in, Conv conv) {
    float[] weight = weights.get(name + ".weight");
    Value out = new Value(conv.filters(), conv.outputHeight(in.height), conv.outputWidth(in.width));
    int channels = in.channels / conv.groups();
    for (int f = 0; f < out.channels; f++) {
      int first = f / (conv.filters() / conv.groups()) * channels;
      for (int y = 0; y < out.height; y++) {
        for (int x = 0; x < out.width; x++) {
          double sum = conv.bias() ? weights.get(name + ".bias")[f] : 0;
          int top = y * conv.stride() - conv.padding();
          int left = x * conv.stride() - conv.padding();
          for (int c = 0; c < channels; c++) {
            for (int i = Math.max(0, -top); i < Math.min(conv.height(), in.height - top); i++) {
              int row = ((first + c) * in.height + top + i) * in.width + left;
              int kernel = ((f * channels + c) * conv.height() + i) * conv.width();
              for (int j = Math.max(0, -left); j < Math.min(conv.width(), in.width - left); j++) {
                sum += in.values[row + j] * weight[kernel + j];
              }
            }
          }
          out.values[(f * out.height + y) * out.width + x] = (float) sum;
        }
      }
    }
    return out;
  }

  @Override
  public Value batchNorm(String name, Value in) {
    Value out = new Value(in.channels, in.height, in.width);
    int area = in.height * in.width;
    for (int i = 0; i < in.values.length; i++) {
      int c = i / area;
      double deviation = Math.sqrt(weights.get(name + ".variance")[c] + 1e-5);
      double centred = in.values[i] - weights.get(name + ".mean")[c];
      out.values[i] =
          (float)
              (centred / deviation * weights.get(name + ".weight")[c]
                  + weights.get(name + ".bias")[c]);
    }
    return out;
  }

  @Override
  public Value relu(Value in) {
    return each(in, x -> Math.max(0, x));
  }

  @Override
  public Value sigmoid(Value in) {
    return each(in, x -> 1 / (1 + Math.exp(-x)));
  }

  @Override
  public Value maxPool(Value in, int side) {
    Value out = new Value(in.channels, in.height / side, in.width / side);
    for (int c = 0; c < out.channels; c++) {
      for (int y = 0; y < out.height; y++) {
        for (int x = 0; x < out.width; x++) {
          float largest = Float.NEGATIVE_INFINITY;
          for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
              int row = c * in.height + y * side + i;
              largest = Math.max(largest, in.values[row * in.width + x * side + j]);
            }
          }
          out.values[(c * out.height + y) * out.width + x] = largest;
        }
      }
    }
    return out;
  }

  @Override
  public Value add(Value left, Value right) {
    Value out = new Value(left.channels, left.height, left.width);
    for (int i = 0; i < out.values.length; i++) {
      out.values[i] = left.values[i] + right.values[i];
    }
    return out;
  }

  @Override
  public Value scale(Value planes, Value factors) {
    Value out = new Value(planes.channels, planes.height, planes.width);
    for (int i = 0; i < out.values.length; i++) {
      out.values[i] = planes.values[i] * factors.values[i / (planes.height * planes.width)];
    }
    return out;
  }

  @Override
  public Value attention(Value query, Value key, Value value, double factor) {
    Value out = new Value(value.channels, value.height, value.width);
    int positions = value.height * value.width;
    double[] shares = new double[positions];
    for (int i = 0; i < positions; i++) {
      double sum = 0;
      for (int j = 0; j < positions; j++) {
        double product = 0;
        for (int c = 0; c < query.channels; c++) {
          product += query.values[c * positions + i] * key.values[c * positions + j];
        }
        shares[j] = Math.exp(factor * product);
        sum += shares[j];
      }
      for (int c = 0; c < value.channels; c++) {
        double mixed = 0;
        for (int j = 0; j < positions; j++) {
          mixed += shares[j] / sum * value.values[c * positions + j];
        }
        out.values[c * positions + i] = (float) mixed;
      }
    }
    return out;
  }

  @Override
  public Value flatten(Value in) {
    return new Value(in.values.length, 1, 1, in.values);
  }

  @Override
  public Value globalAverage(Value in) {
    Value out = new Value(in.channels, 1, 1);
    int area = in.height * in.width;
    for (int c = 0; c < in.channels; c++) {
      double sum = 0;
      for (int i = 0; i < area; i++) {
        sum += in.values[c * area + i];
      }
      out.values[c] = (float) (sum / area);
    }
    return out;
  }

  @Override
  public Value dense(String name, Value in, int features) {
    Value out = new Value(features, 1, 1);
    float[] weight = weights.get(name + ".weight");
    for (int f = 0; f < features; f++) {
      double sum = weights.get(name + ".bias")[f];
      for (int i = 0; i < in.values.length; i++) {
        sum += in.values[i] * weight[f * in.values.length + i];
      }
      out.values[f] = (float) sum;
    }
    return out;
  }

  @Override
  public Value unitLength(Value in) {
    double sum = 0;
    for (float x : in.values) {
      sum += x * x;
    }
    double length = Math.max(Math.sqrt(sum), 1e-12);
    return each(in, x -> x / length);
  }

  private static Value each(Value in, DoubleUnaryOperator function) {
    Value out = new Value(in.channels, in.height, in.width);
    for (int i = 0; i < out.values.length; i++) {
      out.values[i] = (float) function.applyAsDouble(in.values[i]);
    }
    return out;
  }
}
