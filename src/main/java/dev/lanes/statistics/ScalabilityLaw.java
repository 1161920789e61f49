package dev.lanes.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.DiagonalMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/**
 * The Universal Scalability Law: throughput of N workers is X(N) = γN / (1 + α(N−1) + βN(N−1)).
 * Without β it is Amdahl's law, and α its serial share.
 *
 * <p>Sources: N. Gunther, Guerrilla Capacity Planning (2007), chapters 4 to 6; G. Amdahl, Validity
 * of the single processor approach, AFIPS 30 (1967).
 *
 * @param contention α, dimensionless: the share of the work that only one worker does at a time
 * @param coherency β, dimensionless: what every worker costs every other one
 * @param single γ: throughput of one worker, in the unit that was fitted
 * @param squares sum of the squared errors that are left
 */
record ScalabilityLaw(double contention, double coherency, double single, double squares) {

  /** Which errors are made small. */
  enum Errors {
    /** Those of the logarithm: of times that spread by a share of themselves. */
    RELATIVE,
    /** Those of the throughput itself, as other programs fit it. */
    ABSOLUTE
  }

  /** Which of the two costs may differ from none. */
  enum Costs {
    NONE(false, false),
    CONTENTION(true, false),
    COHERENCY(false, true),
    BOTH(true, true);

    private final boolean contention;
    private final boolean coherency;

    Costs(boolean contention, boolean coherency) {
      this.contention = contention;
      this.coherency = coherency;
    }
  }

  private static final int STEPS = 200;

  /** Parameters in the order of the solver: ln γ, α, β. */
  private static final double[] START = {0, 0.1, 0.001};

  /** Throughput of so many workers, in the unit that was fitted. */
  double throughput(double workers) {
    return single * workers / cost(workers, contention, coherency);
  }

  /** How many workers have the greatest throughput; empty where more are never worse. */
  OptionalDouble peak() {
    return coherency > 0 && contention < 1
        ? OptionalDouble.of(StrictMath.sqrt((1 - contention) / coherency))
        : OptionalDouble.empty();
  }

  /** Amdahl's law, fitted as {@link #universal}. */
  static ScalabilityLaw amdahl(double[] workers, double[] throughput, Errors errors) {
    return best(List.of(Costs.CONTENTION, Costs.NONE), workers, throughput, errors);
  }

  /**
   * The law with the least squared errors among those whose costs are not negative.
   *
   * @param workers distinct, at least 1; as many as parameters or more
   * @param throughput of each, positive, in any one unit
   */
  static ScalabilityLaw universal(double[] workers, double[] throughput, Errors errors) {
    return best(
        List.of(Costs.BOTH, Costs.CONTENTION, Costs.COHERENCY, Costs.NONE),
        workers,
        throughput,
        errors);
  }

  /**
   * The first form may lie outside of what is allowed; the least errors are then on the edge, which
   * the forms with a cost left out are.
   */
  private static ScalabilityLaw best(
      List<Costs> forms, double[] workers, double[] throughput, Errors errors) {
    ScalabilityLaw best = null;
    for (Costs costs : forms) {
      ScalabilityLaw fitted = fit(costs, workers, throughput, errors);
      if (fitted.contention() < 0 || fitted.coherency() < 0) {
        continue;
      }
      if (costs == forms.getFirst()) {
        return fitted;
      }
      if (best == null || fitted.squares() < best.squares()) {
        best = fitted;
      }
    }
    if (best == null) {
      throw new IllegalStateException("the form without costs is always allowed");
    }
    return best;
  }

  private static ScalabilityLaw fit(
      Costs costs, double[] workers, double[] throughput, Errors errors) {
    double unit = throughput[0] / workers[0];
    double[] scaled = Arrays.stream(throughput).map(value -> value / unit).toArray();
    int[] free =
        IntStream.range(0, START.length)
            .filter(i -> i == 0 || i == 1 && costs.contention || i == 2 && costs.coherency)
            .toArray();
    double[] target =
        errors == Errors.RELATIVE ? Arrays.stream(scaled).map(StrictMath::log).toArray() : scaled;
    MultivariateJacobianFunction model =
        point -> model(full(free, point.toArray()), free, workers, errors);
    var problem =
        new LeastSquaresBuilder()
            .start(Arrays.stream(free).mapToDouble(i -> START[i]).toArray())
            .model(model)
            .target(target)
            .weight(new DiagonalMatrix(ones(workers.length)))
            .maxEvaluations(STEPS)
            .maxIterations(STEPS)
            .lazyEvaluation(false)
            .build();
    double[] found;
    double squares;
    try {
      var optimum = new LevenbergMarquardtOptimizer().optimize(problem);
      found = full(free, optimum.getPoint().toArray());
      squares = optimum.getResiduals().dotProduct(optimum.getResiduals());
    } catch (MathIllegalStateException unsettled) {
      // Throughput that no law of this form comes near: not among the candidates.
      return new ScalabilityLaw(-1, -1, unit, Double.POSITIVE_INFINITY);
    }
    return new ScalabilityLaw(found[1], found[2], unit * StrictMath.exp(found[0]), squares);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] full(int[] free, double[] values) {
    double[] full = new double[START.length];
    for (int i = 0; i < free.length; i++) {
      full[free[i]] = values[i];
    }
    return full;
  }

  private static Pair<RealVector, RealMatrix> model(
      double[] parameters, int[] free, double[] workers, Errors errors) {
    double[] values = new double[workers.length];
    double[][] slopes = new double[workers.length][free.length];
    for (int i = 0; i < workers.length; i++) {
      double n = workers[i];
      // Far outside of what is allowed there is no law; the least cost leads back.
      double cost = Math.max(cost(n, parameters[1], parameters[2]), 1e-3);
      double log = parameters[0] + StrictMath.log(n) - StrictMath.log(cost);
      double scale = errors == Errors.RELATIVE ? 1 : StrictMath.exp(log);
      values[i] = errors == Errors.RELATIVE ? log : scale;
      double[] all = {scale, -scale * (n - 1) / cost, -scale * n * (n - 1) / cost};
      for (int j = 0; j < free.length; j++) {
        slopes[i][j] = all[free[j]];
      }
    }
    return new Pair<>(new ArrayRealVector(values, false), new Array2DRowRealMatrix(slopes, false));
  }

  private static double cost(double workers, double contention, double coherency) {
    return 1 + contention * (workers - 1) + coherency * workers * (workers - 1);
  }
}
