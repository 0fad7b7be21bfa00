/**
 * Reads policies and plans: YAML (or JSON) from people, treated as hostile, with the line and column of every value at
 * hand for error messages. Start at {@link io.mldelivery.config.ConfigNode#parse}.
 */
package io.mldelivery.config;
