/**
 * Reads and counts with Apache Spark what a drift check compares. {@link io.mldelivery.spark.SparkEngine} is the port's
 * other side, {@link io.mldelivery.spark.DriftOnSpark} the program that spark-submit starts.
 */
package io.mldelivery.spark;
