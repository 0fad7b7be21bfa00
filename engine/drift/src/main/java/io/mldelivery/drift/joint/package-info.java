/** Whether rows as a whole, texts or embeddings differ. Start at {@link io.mldelivery.drift.joint.JointQuestions}. */
package io.mldelivery.drift.joint;
