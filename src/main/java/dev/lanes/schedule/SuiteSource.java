package dev.lanes.schedule;

import java.util.List;

/** Further suites that Lanes brings, of a module that knows what they are for. */
public interface SuiteSource {

  /** Always the same ones; each name begins with what its module calls its suites. */
  List<Suite> suites();
}
