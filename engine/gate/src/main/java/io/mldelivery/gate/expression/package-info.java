/** Rules written in the Common Expression Language (CEL). Start at {@link io.mldelivery.gate.expression.Expression}. */
package io.mldelivery.gate.expression;
