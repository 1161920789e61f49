package dev.lanes.fault;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of a history: a call to a server and what came of it, or what a test did to a worker.
 *
 * @param operation calls that repeat one another have the same number
 * @param begun when it was sent, milliseconds since 1970
 * @param ended when its answer was there, or it was given up
 * @param who host of the worker, or name of the person
 * @param server which replica was called; -1 for none
 * @param fence the attempt that it is about
 * @param number of the chunk
 * @param content digest of the chunk, name of the run, or outcome of the attempt
 * @param value the sample that the chunk carries, in seconds
 * @param status of HTTP; 0 without an answer
 */
record Call(
    Kind kind,
    long operation,
    long begun,
    long ended,
    String who,
    int server,
    @Nullable Long fence,
    @Nullable Integer number,
    @Nullable String content,
    @Nullable Double value,
    @Nullable UUID job,
    @Nullable UUID run,
    Answer answer,
    int status) {

  enum Kind {
    SUBMIT,
    CANCEL,
    /** An idle worker asked; with a fence it was given that attempt. */
    ASK,
    /** A busy worker gave a sign of life; it is acknowledged when it may go on. */
    RENEW,
    CHUNK,
    COMPLETE,
    /** No call: the worker fell silent for ever. */
    KILL
  }

  enum Answer {
    OK,
    /** The server said no, and changed nothing. */
    REFUSED,
    /** No answer, or one of a server that failed: it may have been done or not. */
    UNKNOWN
  }

  boolean is(Kind one, Answer its) {
    return kind == one && answer == its;
  }

  /** Whether an attempt was given to a worker by this call. */
  boolean gives() {
    return is(Kind.ASK, Answer.OK) && fence != null;
  }

  Call about(@Nullable Long fence, @Nullable UUID job, @Nullable UUID run) {
    return new Call(
        kind, operation, begun, ended, who, server, fence, number, content, value, job, run, answer,
        status);
  }

  Call answered(int server, long begun, long ended, Answer answer, int status) {
    return new Call(
        kind, operation, begun, ended, who, server, fence, number, content, value, job, run, answer,
        status);
  }

  /** A call that has not been made. */
  static Call of(Kind kind, long operation, String who) {
    return new Call(
        kind, operation, 0, 0, who, -1, null, null, null, null, null, null, Answer.UNKNOWN, 0);
  }

  Call saying(@Nullable Integer number, @Nullable String content, @Nullable Double value) {
    return new Call(
        kind, operation, begun, ended, who, server, fence, number, content, value, job, run, answer,
        status);
  }
}
