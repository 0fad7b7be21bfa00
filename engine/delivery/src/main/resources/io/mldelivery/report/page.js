import { follow, mount } from "./report.js";

const root = document.getElementById("report");
mount(root, JSON.parse(document.getElementById("data").textContent));
if (root.dataset.follow) {
  follow(root, root.dataset.follow);
}
