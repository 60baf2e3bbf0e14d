document.querySelectorAll("[data-claims]").forEach(function (part) {
  var at = part.closest("article");
  function mark(on) {
    part.dataset.claims.split(" ").forEach(function (n) {
      at.querySelectorAll('[data-claims~="' + n + '"]').forEach(function (one) { one.classList.toggle("on", on); });
    });
  }
  part.addEventListener("mouseenter", function () { mark(true); });
  part.addEventListener("mouseleave", function () { mark(false); });
});
