# k08_broadcasting.outer_sum: emoji, accents, a long line, and much white space
# 🎉 à faire: rien — 完成
MESSAGE = "✅ " + "très " * 300


def outer_sum(a, b):



    return (  a[ : , None ]   +   b  )   # 😀
